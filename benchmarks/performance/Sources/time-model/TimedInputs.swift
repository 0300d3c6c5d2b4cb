import Checkpoints
import Media
import Models
import Records
import Tensors

/// What both sides are asked: the tensors of model/make_inputs.py.
struct TimedInputs {
  let image: PixelTensor
  /// `[16]`
  let question: [Int32]
  /// 32 texts without their padding.
  let texts: [[Int32]]
  /// Five beginnings of three ids.
  let prefixes: [[Int32]]

  init(_ path: String) throws {
    let file = try Checkpoint(path)
    let pixels: (shape: [Int], values: [Float]) = try Self.values("image", file)
    image = PixelTensor(height: pixels.shape[2], width: pixels.shape[3], values: pixels.values)
    question = try Self.values("question", file).values
    let masks: [Int32] = try Self.values("masks", file).values
    let padded: (shape: [Int], values: [Int32]) = try Self.values("texts", file)
    let length = padded.shape[1]
    texts = (0..<padded.shape[0]).map { text in
      (text * length..<(text + 1) * length).filter { masks[$0] == 1 }.map { padded.values[$0] }
    }
    let beginnings: (shape: [Int], values: [Int32]) = try Self.values("prefix", file)
    let width = beginnings.shape[1]
    prefixes = (0..<beginnings.shape[0]).map {
      Array(beginnings.values[$0 * width..<($0 + 1) * width])
    }
  }

  private static func values<Element>(
    _ name: String, _ file: Checkpoint
  ) throws -> (shape: [Int], values: [Element]) {
    guard let tensor = file[name] else { throw MissingInput(name: name) }
    var values: [Element] = []
    file.forEachPiece(of: tensor) { values += $0.bindMemory(to: Element.self) }
    return (tensor.shape, values)
  }
}

/// Something is not where it should be.
struct MissingInput: Error {
  let name: String
}

/// What comes out, for the comparison with the original.
struct Outputs {
  private var writer = SafetensorsWriter()

  mutating func add(_ name: String, _ x: Matrix) {
    writer.add(name, shape: [x.rows, x.width], x.floats)
  }

  mutating func add(_ name: String, _ values: [Float]) {
    writer.add(name, shape: [values.count], values)
  }

  /// The ids of the n-best as numbers, −1 behind the end of shorter ones, and the scores.
  mutating func add(_ name: String, _ hypotheses: [Hypothesis]) {
    let longest = hypotheses.map(\.ids.count).max() ?? 0
    writer.add(
      name + ".ids", shape: [hypotheses.count, longest],
      hypotheses.flatMap { text in
        text.ids.map { Float($0) } + [Float](repeating: -1, count: longest - text.ids.count)
      })
    add(name + ".scores", hypotheses.map(\.score))
  }

  func write(to path: String) throws { try writer.write(to: path) }
}
