import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

@Suite struct ScoreMatrixFileTests {
  /// Three images with one, two and one texts.
  static func set(_ side: RetrievalSide = .image) throws -> RetrievalReferences {
    try RetrievalReferences(
      side: side, images: ["a", "b", "c"], files: ["a.jpg", "b.jpg", "c.jpg"],
      texts: ["0", "1", "2", "3"], imageOfText: [0, 1, 1, 2])
  }

  /// `[images, texts]`; ranks of images 0, 1, 2, of texts 0, 1, 2, 1 (the last by a tie).
  static let scores: [Float] = [
    0.9, 0.2, 0.8, 0.7,
    0.1, 0.3, 0.4, 0.5,
    0.3, 0.7, 0.6, 0.5,
  ]
  static let turned: [Float] = (0..<4).flatMap { text in (0..<3).map { scores[4 * $0 + text] } }
  static let ranksOfImages: [Int?] = [0, 1, 2]
  static let ranksOfTexts: [Int?] = [0, 1, 2, 1]

  /// Ranks through a file of some bytes.
  private func read(
    _ bytes: Data, name: String = "scores.npy", _ set: RetrievalReferences? = nil
  ) throws -> (RetrievalRanks, [Problem]) {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(name, bytes)
    let read = try RetrievalPredictionFile.read(path, for: try set ?? Self.set())
    #expect(read.file.role == "predictions" && read.file.bytes == bytes.count)
    return (read.ranks, read.problems)
  }

  private func message(
    _ bytes: Data, name: String = "scores.npy", _ set: RetrievalReferences? = nil
  ) throws -> String {
    let error = try #require(throws: (any Error).self) { try read(bytes, name: name, set) }
    return "\(error)"
  }

  private func check(_ ranks: RetrievalRanks, _ label: String = "") {
    #expect(ranks.ofImages?.ranks == Self.ranksOfImages, "\(label)")
    #expect(ranks.ofTexts?.ranks == Self.ranksOfTexts, "\(label)")
  }

  @Test func npyInBothShapesAndOrders() throws {
    for version in [1, 2, 3] as [UInt8] {
      for (shape, fortran, scores, origin) in [
        ("(3, 4)", "False", Self.scores, RetrievalRanks.Origin.imageToText),
        ("(4, 3)", "False", Self.turned, .textToImage),
        ("(3, 4)", "True", Self.turned, .imageToText),
        ("(4L, 3L)", "True", Self.scores, .textToImage),
      ] {
        let (ranks, problems) = try read(
          ScoreFiles.npy(
            shape: shape, fortran: fortran, version: version, data: ScoreFiles.bytes(scores)))
        check(ranks, "\(version) \(shape) \(fortran)")
        #expect(ranks.origin == origin)
        #expect(problems.isEmpty)
        #expect(ranks.ofImages?.best[0] == [0, 2, 3, 1])
      }
    }
  }

  @Test func otherNumberTypesAreConvertedAndSaid() throws {
    let doubles = ScoreFiles.npy(
      shape: "(3, 4)", descr: "'<f8'", data: ScoreFiles.bytes(Self.scores.map { Double($0) }))
    let (ranks, problems) = try read(doubles)
    check(ranks)
    #expect(problems.map(\.code) == ["converted_scores"])
    #expect(problems[0].message.contains("float64"))
    #expect(
      try RetrievalRecall().scores(of: ranks)[0].signature.description
        == "retrieval|dir:both|from:i2t|ties:higher-index-first")
    // 0.5, 1, -2, as halves: images 0 and 1 of a set of one text each.
    let set = try RetrievalReferences(
      side: .image, images: [1, 2], files: ["1", "2"], texts: ["", "", ""], imageOfText: [0, 1, 1])
    let halves = ScoreFiles.npy(
      shape: "(2, 3)", descr: "'<f2'",
      data: ScoreFiles.numbers([0x3800, 0x3C00, 0xC000, 0x3C00, 0x3800, 0xC000] as [UInt16]))
    let read = try self.read(halves, set)
    #expect(read.0.ofImages?.ranks == [1, 1])
    #expect(read.0.ofTexts?.ranks == [1, 1, 0])
    #expect(read.1.map(\.code) == ["converted_scores"])
    let bfloats = ScoreFiles.safetensors(
      header: #"{"i2t":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]}}"#,
      data: ScoreFiles.numbers([0x3F00, 0x3F80, 0xC000, 0x3F80, 0x3F00, 0xC000] as [UInt16]))
    #expect(try self.read(bfloats, name: "x", set).0.ofImages?.ranks == [1, 1])
  }

  @Test func squareMatricesFollowTheirName() throws {
    let set = try RetrievalReferences(
      side: .video, images: ["a", "b", "c"], files: ["a", "b", "c"], texts: ["", "", ""],
      imageOfText: [0, 1, 2])
    let bytes = ScoreFiles.npy(
      shape: "(3, 3)", data: ScoreFiles.bytes([1, 2, 3, 0, 5, 4, 0, 0, 9] as [Float]))
    for (name, ofImages, says) in [
      ("scores.npy", [2, 0, 0], "name the file …t2v.npy"),
      ("sim_v2t.npy", [2, 0, 0], "as its name"),
      ("my-T2V.npy", [0, 0, 0], "rows were taken for texts, as its name says"),
      ("at2vb.npy", [2, 0, 0], "taken for videos; name"),
      ("v2t_and_t2v.npy", [2, 0, 0], "taken for videos; name"),
    ] as [(String, [Int?], String)] {
      let (ranks, problems) = try read(bytes, name: name, set)
      // Ties: the zeros of column 0 are no tie of a right one.
      #expect(ranks.ofImages?.ranks == ofImages, "\(name)")
      #expect(problems.map(\.code) == ["ambiguous_shape"])
      #expect(problems[0].message.contains(says), "\(problems[0].message)")
    }
  }

  @Test func safetensorsInEveryCombination() throws {
    let i2t = (name: "i2t", shape: [3, 4], scores: Self.scores)
    let t2i = (name: "t2i", shape: [4, 3], scores: Self.turned)
    let other = (name: "loss", shape: [1], scores: [Float(7)])
    for (tensors, origin) in [
      ([i2t], RetrievalRanks.Origin.imageToText), ([t2i], .textToImage),
      ([i2t, t2i], .bothMatrices),
      ([other, t2i, i2t], .bothMatrices), ([i2t, other], .imageToText),
    ] {
      let (ranks, problems) = try read(ScoreFiles.safetensors(tensors), name: "s.safetensors")
      check(ranks)
      #expect(ranks.origin == origin)
      #expect(problems.isEmpty)
    }
    // Each matrix is read in its own direction.
    let flat = (name: "t2i", shape: [4, 3], scores: [Float](repeating: 0, count: 12))
    let (ranks, _) = try read(ScoreFiles.safetensors([i2t, flat]), name: "s.safetensors")
    #expect(ranks.ofImages?.ranks == Self.ranksOfImages)
    #expect(ranks.ofTexts?.ranks == [2, 1, 1, 0])
    #expect(ranks.ofTexts?.decidedByTies.count == 4)
    // Clips may be called so.
    let v2t = (name: "v2t", shape: [3, 4], scores: Self.scores)
    let (clips, _) = try read(ScoreFiles.safetensors([v2t]), name: "s", try Self.set(.video))
    #expect(clips.ofImages?.ranks == Self.ranksOfImages)
    #expect(
      try message(ScoreFiles.safetensors([v2t, i2t]), name: "s", try Self.set(.video))
        .contains("v2t and i2t are the same"))
    #expect(try message(ScoreFiles.safetensors([v2t])).contains("i2t or t2i, found v2t"))
  }

  @Test func hostileHeadersOfNPY() throws {
    let data = ScoreFiles.bytes(Self.scores)
    let whole = ScoreFiles.npy(shape: "(3, 4)", data: data)
    for (bytes, says) in [
      (whole.prefix(7), "the file ends inside the header"),
      (whole.prefix(40), "the file ends inside the header"),
      (
        whole.dropLast(),
        "expected 48 bytes for the shape [3, 4] of float32, found 47; the file is tr"
      ),
      (whole + [0], "expected 48 bytes for the shape [3, 4] of float32, found 49; the file is dam"),
      (ScoreFiles.npy(shape: "(3, 4)", version: 4, data: data), "unknown version 4.0"),
      (ScoreFiles.npy(shape: "(3, 5)", data: data), "expected 60 bytes"),
      (ScoreFiles.npy(shape: "(12,)", data: data), "two dimensions, found the shape [12]"),
      (ScoreFiles.npy(shape: "()", data: data), "two dimensions"),
      (ScoreFiles.npy(shape: "(3, 2, 2)", data: data), "two dimensions"),
      (
        ScoreFiles.npy(shape: "(2, 6)", data: data),
        "expected the shape [3, 4] or [4, 3], found [2, 6]"
      ),
      (ScoreFiles.npy(shape: "(0, 4)", data: Data()), "of no score matrix"),
      (ScoreFiles.npy(shape: "(4294967296, 4294967296)", data: data), "of no score matrix"),
      (ScoreFiles.npy(shape: "(2147483647, 2147483647)", data: data), "expected more than a file"),
      (ScoreFiles.npy(shape: "(3, 99999999999999999999)", data: data), "no Python dictionary"),
      (ScoreFiles.npy(shape: "(3, -4)", data: data), "no Python dictionary"),
      (ScoreFiles.npy(shape: "'x'", data: data), "shape is no tuple"),
      (ScoreFiles.npy(shape: "(3, 4)", fortran: "1", data: data), "no Python dictionary"),
      (ScoreFiles.npy(shape: "(3, 4)", fortran: "(1,)", data: data), "neither True nor False"),
      (
        ScoreFiles.npy(shape: "(3, 4), 'x': True", data: data),
        "found descr, fortran_order, shape, x"
      ),
      (ScoreFiles.npy(shape: "(3, 4)", descr: "'>f4'", data: data), "found '>f4'"),
      (ScoreFiles.npy(shape: "(3, 4)", descr: "'<i4'", data: data), "found '<i4'"),
      (ScoreFiles.npy(shape: "(3, 4)", descr: "'|O'", data: data), "pickled Python objects"),
      (ScoreFiles.npy(shape: "(3, 4)", descr: "[('a', '<f4')]", data: data), "a structured array"),
      (ScoreFiles.npy(shape: "(3, 4)", descr: "[('a'", data: data), "no Python dictionary"),
    ] as [(Data, String)] {
      let found = try message(bytes)
      #expect(found.contains(says), "\(says): \(found)")
      #expect(found.contains("scores.npy: header: "))
    }
    var long = whole
    long[8...9] = Data([0xFF, 0xFF])
    #expect(try message(long).contains("ends inside the header"))
    let endless = Data([0x93]) + Data("NUMPY".utf8) + Data([2, 0, 0xFF, 0xFF, 0xFF, 0x7F])
    #expect(try message(endless).contains("a header of 2147483647 bytes"))
  }

  @Test func hostileHeadersOfSafetensors() throws {
    let data = ScoreFiles.bytes(Self.scores)
    func one(_ dtype: String = "F32", _ shape: String = "[3, 4]", _ offsets: String = "[0, 48]")
      -> Data
    {
      ScoreFiles.safetensors(
        header:
          #"{"i2t": {"dtype": "\#(dtype)", "shape": \#(shape), "data_offsets": \#(offsets)}}"#,
        data: data)
    }
    for (bytes, says) in [
      (one().dropLast(), "header: expected 48 bytes of tensors, found 47"),
      (one() + [0], "header: expected 48 bytes of tensors, found 49"),
      (one("I32"), "i2t: expected float32 (F32), found I32"),
      (one("F64"), "i2t: expected 96 bytes for the shape [3, 4] of float64, found 48"),
      (one("F32", "[4, 3]"), "i2t: expected the shape [3, 4], found [4, 3]; transpose it"),
      (one("F32", "[2, 6]"), "i2t: expected the shape [3, 4], found [2, 6]"),
      (one("F32", "[12]"), "two dimensions"), (one("F32", "[-3, -4]"), "of no score matrix"),
      (one("F32", "[3, 4.0]"), "expected an integer"),
      (one("F32", "[3, 4]", "[-48, 48]"), "lacks a legal dtype"),
      (one("F32", "[3, 4]", "[48, 0]"), "lacks a legal dtype"),
      (one("F32", "[3, 4]", "[0, 9223372036854775807]"), "expected 9223372036854775807 bytes"),
      (one("F32", "[3, 4]", "[4, 48]"), "expected i2t at byte 0 of the data"),
      (
        one("F32", "[4, 4]", "[0, 48]"),
        "expected 64 bytes for the shape [4, 4] of float32, found 48"
      ),
      (ScoreFiles.safetensors(header: #"{"i2t": {"dtype": "F32"}}"#, data: data), "lacks a legal"),
      (ScoreFiles.safetensors(header: #"{"i2t": 1}"#, data: data), "expected an object"),
      (ScoreFiles.safetensors(header: #"{"i2t""#, data: data), "truncated"),
      (ScoreFiles.safetensors(header: "{}", data: Data()), "i2t or t2i, found none at all"),
      (
        ScoreFiles.safetensors(
          header: #"{"i2t":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]},"#
            + #""i2t":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]}}"#, data: data),
        "stands twice"
      ),
      (
        ScoreFiles.safetensors(header: "{" + String(repeating: " ", count: 99), data: Data()),
        "trunc"
      ),
      (
        Data([0xFF, 0xFF, 0, 0, 0, 0, 0, 0]) + Data("{}".utf8),
        "a header of 65535 bytes in a file of"
      ),
    ] as [(Data, String)] {
      let found = try message(bytes, name: "s.safetensors")
      #expect(found.contains(says), "\(says): \(found)")
    }
  }

  @Test func tensorsThatShareOrSkipBytesAreRefused() throws {
    func found(_ header: String, _ count: Int = 96) throws -> String {
      try message(
        ScoreFiles.safetensors(header: header, data: Data(count: count)), name: "s.safetensors")
    }
    let i2t = #""i2t": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}"#
    let says = "at byte 48 of the data, where the tensor before it ends, found it at"
    for (start, count) in [(0, 48), (24, 72), (52, 100)] {
      let t2i =
        #""t2i": {"dtype": "F32", "shape": [4, 3], "data_offsets": [\#(start), \#(start + 48)]}"#
      #expect(try found("{\(i2t), \(t2i)}", count).contains(says), "\(start)")
    }
    let late = #"{"i2t": {"dtype": "F32", "shape": [3, 4], "data_offsets": [8, 56]}}"#
    #expect(try found(late, 56).contains("expected i2t at byte 0"))
    for repeated in [#""dtype": "F64""#, #""shape": [4, 3]"#, #""data_offsets": [0, 4]"#] {
      let twice = i2t.replacing("{", with: "{\(repeated), ")
      #expect(try found("{\(twice)}", 48).contains("twice"), "\(repeated)")
    }
  }

  @Test func manyTensorsAreReadInNoTime() throws {
    let names = (0..<100_000).map {
      #""t\#($0)": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}"#
    }
    let started = Date()
    let found = try message(
      ScoreFiles.safetensors(header: "{\(names.joined(separator: ","))}", data: Data()),
      name: "s.safetensors")
    #expect(found.contains("i2t or t2i"))
    #expect(Date().timeIntervalSince(started) < 5)
  }

  @Test func otherFilesAreNamed() throws {
    for (bytes, name, says) in [
      (Data(), "s.npy", "holds no prediction"),
      (Data([0x50, 0x4B, 3, 4, 0, 0]), "s.npz", "a zip archive (.npz or .pt)"),
      (Data([0x80, 2, 0x7D]), "s.pkl", "a Python pickle"),
      (Data("x".utf8), "s.npy", "does not begin as .npy does"),
      (Data("[]".utf8), "s.safetensors", "does not begin as .safetensors does"),
      (
        Data("version https://git-lfs.github.com/spec/v1\nsize 7\n".utf8), "s.npy",
        "Git LFS pointer"
      ),
      (Data("<html>".utf8), "s.json", "web page"),
    ] as [(Data, String, String)] {
      let found = try message(bytes, name: name)
      #expect(found.contains(says), "\(says): \(found)")
    }
  }

  @Test func notANumberNamesRowAndColumn() throws {
    var scores = Self.scores
    scores[1 * 4 + 3] = .nan
    #expect(
      try message(ScoreFiles.npy(shape: "(3, 4)", data: ScoreFiles.bytes(scores)))
        .contains("i2t: the score at row 1, column 3 (counted from 0) is NaN"))
    var turned = Self.turned
    turned[3 * 3 + 1] = .nan
    for fortran in [false, true] {
      let bytes = ScoreFiles.npy(
        shape: "(4, 3)", fortran: fortran ? "True" : "False",
        data: ScoreFiles.bytes(fortran ? scores : turned))
      #expect(try message(bytes).contains("t2i: the score at row 3, column 1 (counted from 0)"))
    }
  }
}
