import Archives
import Checkpoints
import Foundation
import Pickle
import Records
import Tensors
import TestSupport
import Testing

/// `.pth` files made byte by byte: odd ones that are read, and hostile ones that are not.
@Suite struct TorchFileTests {
  private func floats(_ name: String, _ checkpoint: Checkpoint) throws -> [Float] {
    let tensor = try #require(checkpoint[name])
    return try [Float](unsafeUninitializedCapacity: tensor.count) { buffer, filled in
      if let first = buffer.baseAddress { try checkpoint.read(name, 0..<tensor.count, into: first) }
      filled = tensor.count
    }
  }

  /// Six floats 1 … 6, seen through offsets and strides.
  @Test func viewsOfAStorage() throws {
    let storage = Pickle.storage("0", count: 6)
    let views: [(name: String, offset: Int, shape: [Int], strides: [Int], expected: [Float])] = [
      ("whole", 0, [2, 3], [3, 1], [1, 2, 3, 4, 5, 6]),
      ("transposed", 0, [3, 2], [1, 3], [1, 4, 2, 5, 3, 6]),
      ("expanded", 1, [2, 3], [0, 0], [2, 2, 2, 2, 2, 2]),
      ("rows", 0, [2, 2, 1], [3, 1, 9], [1, 2, 4, 5]),
      ("every second", 1, [3], [2], [2, 4, 6]),
      ("windows", 0, [4, 3], [1, 1], [1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6]),
      ("cube", 0, [1, 2, 3], [1, 1, 2], [1, 3, 5, 2, 4, 6]),
      ("scalar", 5, [], [], [6]),
      ("empty", 6, [0, 1 << 40], [1 << 50, 1], []),
    ]
    let state = views.map {
      ($0.name, Pickle.tensor(storage, offset: $0.offset, shape: $0.shape, strides: $0.strides))
    }
    let checkpoint = try Checkpoint(TorchBuilder(.ordered(state)).file)
    for view in views {
      #expect(checkpoint[view.name]?.shape == view.shape)
      #expect(try floats(view.name, checkpoint) == view.expected, "\(view.name)")
      // Any part of it is that part.
      for start in view.expected.indices {
        for end in start...view.expected.count {
          var part = [Float](repeating: 0, count: end - start)
          try part.withUnsafeMutableBufferPointer { buffer in
            if let first = buffer.baseAddress {
              try checkpoint.read(view.name, start..<end, into: first)
            }
          }
          #expect(part == Array(view.expected[start..<end]), "\(view.name) \(start)..<\(end)")
        }
      }
    }
    let whole = try #require(checkpoint["whole"])
    #expect(whole.isContiguous && checkpoint["transposed"]?.isContiguous == false)
    #expect(checkpoint["empty"]?.count == 0 && checkpoint.container == .torch(key: nil))
  }

  /// A gigantic expanded tensor is refused, one of a megabyte over one number is not.
  @Test func expandedTensors() throws {
    let storage = Pickle.storage("0", count: 6)
    let fair = Pickle.tensor(storage, shape: [512, 512], strides: [0, 0])
    let checkpoint = try Checkpoint(TorchBuilder(w: fair).file)
    #expect(try floats("w", checkpoint) == [Float](repeating: 1, count: 512 * 512))
    let unfair = Pickle.tensor(storage, shape: [1 << 20, 1 << 20], strides: [0, 0])
    try expectBad(TorchBuilder(w: unfair), "over a storage of 6")
  }

  /// Each of many tensors over the same few numbers is fair, all of them together are not; a few
  /// names for one storage are usual.
  @Test func tensorsThatTogetherRepeatTooMuch() throws {
    func state(_ names: Int, _ shape: [Int]) -> Pickle {
      let strides = shape.map { _ in 0 }
      return .ordered(
        (0..<names).map {
          ("w\($0)", Pickle.tensor(.storage("0", count: 6), shape: shape, strides: strides))
        })
    }
    #expect(try Checkpoint(TorchBuilder(state(8, [1 << 10])).file).tensors.count == 8)
    #expect(try Checkpoint(TorchBuilder(state(2, [1 << 26])).file).tensors.count == 2)
    try expectBad(TorchBuilder(state(40, [1 << 26])), "tensor 'w2': with it the tensors")
  }

  /// Only the first names are searched for what they may be: files can have any number.
  @Test func theGuessLooksAtTheFirstNames() throws {
    func guess(_ mark: Int) throws -> String? {
      let w = Pickle.tensor(.storage("0", count: 6), shape: [6], strides: [1])
      let state = (0..<5000).map { ($0 == mark ? "layer1.0.conv1.weight" : "t\($0)", w) }
      return ArchitectureGuess.sentence(for: try Checkpoint(TorchBuilder(.ordered(state)).file))
    }
    #expect(try guess(4000) == "it seems to be a ResNet")
    #expect(try guess(4999) == "it is no mPLUG (its first names are t0, t1, t2)")
  }

  /// What stands beside the weights is not looked at, whatever classes it names; nothing runs.
  @Test func foreignClassesBesideTheStateStayClosed() throws {
    let scratch = try TemporaryFolder()
    let mark = scratch("was-run")
    let w = Pickle.tensor(.storage("0", count: 6), shape: [6], strides: [1])
    let builder = TorchBuilder(
      .named([
        ("args", .build(.call(.global("argparse", "Namespace"), []), .named([("lr", .int(1))]))),
        ("hook", .call(.global("os", "system"), [.string("touch \(mark)")])),
        ("seed", .wideInt([255, 255, 255, 255, 255, 255, 255, 255, 0])),
        ("seen", .call(.global("__builtin__", "set"), [.list([.int(1), .int(2)])])),
        ("optimizer", .named([("state", .named([("0", .storage("missing", count: 1 << 40))]))])),
        ("model", .ordered([("w", w), ("epoch", .int(3)), ("extra", .global("os", "system"))])),
      ]))
    let checkpoint = try Checkpoint(builder.file)
    #expect(checkpoint.tensors.map(\.name) == ["w"])
    #expect(checkpoint.others == ["epoch", "extra"])
    #expect(checkpoint.container == .torch(key: "model"))
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func wrappersOfTensors() throws {
    let tensor = Pickle.tensor(.storage("0", count: 6), shape: [2], strides: [1])
    let parameter = Pickle.call(
      .global("torch._utils", "_rebuild_parameter"), [tensor, .bool(true), .ordered([])])
    let withState = Pickle.call(
      .global("torch._utils", "_rebuild_parameter_with_state"),
      [tensor, .bool(true), .ordered([]), .named([("name", .string("w"))])])
    let old = Pickle.call(
      .global("torch._utils", "_rebuild_tensor"),
      [.storage("0", count: 6), .int(2), .tuple([.int(2)]), .tuple([.int(1)])])
    let subclass = Pickle.call(
      .global("torch._tensor", "_rebuild_from_type_v2"),
      [
        .global("torch._utils", "_rebuild_tensor_v2"),
        .global("torch.nn.parameter", "Parameter"),
        .tuple([
          .storage("0", count: 6), .int(1), .tuple([.int(2)]), .tuple([.int(1)]), .bool(false),
          .ordered([]),
        ]), .none,
      ])
    let untyped = Pickle.call(
      .global("torch._utils", "_rebuild_tensor_v3"),
      [
        .storage("0", count: 24, type: ("torch.storage", "UntypedStorage")), .int(4),
        .tuple([.int(2)]), .tuple([.int(1)]), .bool(false), .ordered([]),
        .global("torch", "float32"),
      ])
    let state = [
      ("parameter", parameter), ("with state", withState), ("old", old), ("subclass", subclass),
      ("untyped", untyped),
    ]
    let checkpoint = try Checkpoint(TorchBuilder(.ordered(state)).file)
    #expect(try floats("parameter", checkpoint) == [1, 2])
    #expect(try floats("with state", checkpoint) == [1, 2])
    #expect(try floats("old", checkpoint) == [3, 4])
    #expect(try floats("subclass", checkpoint) == [2, 3])
    #expect(try floats("untyped", checkpoint) == [5, 6])
  }

  @Test func elementTypesAndTheirNames() throws {
    let types: [(String, String, ElementType)] = [
      ("torch", "DoubleStorage", .float64), ("torch", "FloatStorage", .float32),
      ("torch.cuda", "HalfStorage", .float16), ("torch", "BFloat16Storage", .bfloat16),
      ("torch", "LongStorage", .int64), ("torch", "IntStorage", .int32),
      ("torch", "ShortStorage", .int16), ("torch", "CharStorage", .int8),
      ("torch", "ByteStorage", .uint8), ("torch", "BoolStorage", .bool),
      ("torch", "UntypedStorage", .uint8), ("torch.storage", "_UntypedStorage", .uint8),
    ]
    for (module, name, element) in types {
      let count = 24 / element.byteCount
      let w = Pickle.tensor(
        .storage("0", count: count, type: (module, name)), shape: [count], strides: [1])
      let checkpoint = try Checkpoint(TorchBuilder(w: w).file)
      #expect(checkpoint["w"]?.element == element && checkpoint["w"]?.bytes.count == 24)
      // Weights are numbers with a fraction.
      if !element.isFloat {
        #expect(throws: CheckpointError.self) { try floats("w", checkpoint) }
      }
    }
    for (module, name) in [
      ("torch", "ComplexFloatStorage"), ("torch", "QInt8Storage"), ("os", "FloatStorage"),
      ("torch", "Float8_e4m3fnStorage"),
    ] {
      let w = Pickle.tensor(.storage("0", count: 3, type: (module, name)), shape: [1], strides: [1])
      try expectBad(TorchBuilder(w: w), name)
    }
  }

  @Test func halfPrecisionIsExact() throws {
    let halves: [UInt16] = [0x3C00, 0xBC00, 0x0001, 0x7BFF, 0x7C00, 0x8000, 0x03FF, 0x3555]
    var builder = TorchBuilder(
      .ordered([
        (
          "half",
          .tensor(
            .storage("0", count: 8, type: ("torch", "HalfStorage")), shape: [8], strides: [1])
        ),
        (
          "brain",
          .tensor(
            .storage("0", count: 8, type: ("torch", "BFloat16Storage")), shape: [8], strides: [1])
        ),
      ]))
    builder.storages = [("0", halves.withUnsafeBytes { Array($0) })]
    let checkpoint = try Checkpoint(builder.file)
    #expect(
      try floats("half", checkpoint)
        == [1, -1, 0x1p-24, 65504, .infinity, -0.0, 0x3FFp-24, 0x1.554p-2])
    #expect(
      try floats("brain", checkpoint).map(\.bitPattern) == halves.map { UInt32($0) << 16 })
  }

  // MARK: - Refused

  private func expectBad(
    _ builder: TorchBuilder, _ says: String, location: SourceLocation = #_sourceLocation
  ) throws {
    do {
      _ = try Checkpoint(builder.file)
      Issue.record("it was read", sourceLocation: location)
    } catch let error as CheckpointError {
      #expect("\(error)".contains(says), "\(error)", sourceLocation: location)
      #expect(!"\(error)".contains("\n"), sourceLocation: location)
    }
  }

  private static let all = Int.max

  @Test(
    arguments: [
      ([7], [1], 0, 6, "reaches element 6 of a storage of 6"),
      ([6], [1], 1, 6, "reaches element 6"),
      ([2, 3], [3, 2], 0, 6, "reaches element 7"),
      ([1], [1], 6, 6, "reaches element 6"),
      ([], [], 6, 6, "reaches element 6"),
      ([1], [1], -1, 6, "begins at element -1"),
      ([6], [-1], 5, 6, "negative strides"),
      ([-6], [1], 0, 6, "the shape [-6]"),
      ([6], [1], 0, 7, "should have 7 elements and has 24 bytes"),
      ([6], [1], 0, Int.max, "should have \(Int.max) elements"),
      ([1 << 40, 1 << 40], [1, 1], 0, 6, "beyond 63 bits"),
      ([2, 2], [Int.max, Int.max], 0, 6, "beyond 63 bits"),
      ([2], [Int.max], 1, 6, "beyond 63 bits"),
      ([1], [1], Int.max, 6, "beyond 63 bits"),
      ([2, 3], [1], 0, 6, "2 dimensions and 1 strides"),
      (Array(repeating: 1, count: 65), Array(repeating: 1, count: 65), 0, 6, "65 dimensions"),
    ] as [([Int], [Int], Int, Int, String)])
  func layoutsThatDoNotFit(
    _ shape: [Int], _ strides: [Int], _ offset: Int, _ count: Int, _ says: String
  ) throws {
    let w = Pickle.tensor(
      .storage("0", count: count), offset: offset, shape: shape, strides: strides)
    try expectBad(TorchBuilder(w: w), says)
  }

  @Test func tensorsThatAreNone() throws {
    let storage = Pickle.storage("0", count: 6)
    let function = Pickle.global("torch._utils", "_rebuild_tensor_v2")
    let cases: [(Pickle, String)] = [
      (.call(function, []), "its offset, size or stride is no number"),
      (.call(function, [storage, .string("0"), .tuple([]), .tuple([])]), "is no number"),
      (.call(function, [storage, .int(0), .tuple([.none]), .tuple([.int(1)])]), "is no number"),
      (.call(function, [.int(0), .int(0), .tuple([]), .tuple([])]), "its storage is in no known"),
      (.tensor(.storage("7", count: 6), shape: [6], strides: [1]), "'7' is not in the file"),
      (.tensor(.storage("../0", count: 6), shape: [6], strides: [1]), "is not in the file"),
      (.tensor(.storage("0", count: -1), shape: [6], strides: [1]), "its storage is in no known"),
      (.call(.global("torch._utils", "_rebuild_sparse_tensor"), [.none]), "only dense tensors"),
      (.call(.global("torch._utils", "_rebuild_parameter"), [.int(1)]), "a parameter of no tensor"),
    ]
    for (tensor, says) in cases { try expectBad(TorchBuilder(w: tensor), says) }
    var nested = Pickle.tensor(storage, shape: [6], strides: [1])
    for _ in 0..<6 {
      nested = .call(.global("torch._utils", "_rebuild_parameter"), [nested, .bool(true)])
    }
    try expectBad(TorchBuilder(w: nested), "wrapped more than 4 times")
  }

  @Test func statesThatAreNone() throws {
    let w = Pickle.tensor(.storage("0", count: 6), shape: [6], strides: [1])
    let cases: [(Pickle, String)] = [
      (.int(3), "holds an integer and no dictionary"),
      (.call(.global("models", "MPLUG"), []), "an object of models.MPLUG"),
      (.named([("model", .call(.global("os", "system"), [.string("true")]))]), "os.system"),
      (.named([("epoch", .int(3))]), "it has 'epoch'"),
      (.named([]), "it has no members"),
      (.named([("state_dict", .named([("w", w)]))]), "seem to be under 'state_dict'"),
      (.dict([(.int(1), w)]), "an integer for its name"),
      (.named([("w", w), ("w", w)]), "stands there twice"),
      (.named([("model.w", w), ("w", w)]), "as 'model.w' and 'w'"),
    ]
    for (value, says) in cases { try expectBad(TorchBuilder(value), says) }
  }

  @Test func archivesThatAreNone() throws {
    let w = Pickle.tensor(.storage("0", count: 6), shape: [6], strides: [1])
    var builder = TorchBuilder(w: w)
    builder.order = "big"
    try expectBad(builder, "byte order 'big'")
    builder.order = nil
    _ = try Checkpoint(builder.file)
    // Members that cannot be mapped, on the same bytes, of the same name.
    func broken(_ change: @escaping (inout ZipBuilder) -> Void) {
      builder.change = change
      #expect(throws: ArchiveError.self) { try Checkpoint(builder.file) }
    }
    broken {
      $0.entries[1] = ZipBuilder.Entry("archive/data/0", $0.entries[1].content, deflated: true)
    }
    broken { $0.entries[1].header = 0 }
    broken { $0.entries.append(ZipBuilder.Entry("archive/data/0", [1, 2, 3])) }
    broken { $0.entries[1].flags = 1 }
    broken { $0.entries[0].checksum = 7 }
    builder.change = { $0.entries.append(ZipBuilder.Entry("archive/constants.pkl", [])) }
    try expectBad(builder, "TorchScript")
    builder.change = { $0.entries.removeFirst() }
    #expect(throws: PickleError.self) { try Checkpoint(builder.file) }
    builder.change = {
      $0.isZip64 = true; $0.entries[1].isZip64 = true
    }
    #expect(try floats("w", Checkpoint(builder.file)) == [1, 2, 3, 4, 5, 6])
  }

  @Test func deepNestingEndsInAnError() throws {
    var value = Pickle.int(1)
    for _ in 0..<500 { value = .list([value]) }
    let builder = TorchBuilder(.named([("model", value)]))
    #expect(throws: PickleError.self) { try Checkpoint(builder.file) }
  }
}
