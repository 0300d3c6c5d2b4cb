import CTensors

/// Scores of all pairs of images (or clips) and texts, as they lie in memory or in a mapped file.
///
/// Ranks are those of float32 scores; other number types are converted on the way, some rows at a
/// time.
public struct ScoreMatrix: Sendable {
  /// What the rows are as they lie in memory; a file in Fortran order is turned.
  public enum Layout: Sendable, Hashable {
    /// `[images, texts]`.
    case imagesByTexts
    /// `[texts, images]`.
    case textsByImages
  }

  /// The type of a stored score.
  public enum Element: String, Sendable, Hashable {
    case float16, bfloat16, float32, float64

    /// Bytes of a score.
    package var size: Int {
      switch self {
      case .float16, .bfloat16: 2
      case .float32: 4
      case .float64: 8
      }
    }
  }

  /// What the rows are.
  public let layout: Layout
  /// How many images or clips there are.
  public let images: Int
  /// How many texts there are.
  public let texts: Int
  /// The type of a stored score.
  public let element: Element

  private let memory: Memory

  /// A matrix of float32 scores, one row after the other.
  ///
  /// - Throws: `MetricError.noSamples` for an empty matrix, `.countsDiffer` if there is not one score
  ///   for each pair.
  public init(_ layout: Layout, images: Int, texts: Int, scores: [Float]) throws {
    guard !scores.isEmpty else { throw MetricError.noSamples(metric: "score matrix") }
    guard scores.count == images * texts else {
      throw MetricError.countsDiffer(
        what: "scores of a matrix", expected: images * texts, found: scores.count)
    }
    let owner = OwnedScores(scores)
    self.init(
      layout, images: images, texts: texts, element: .float32,
      bytes: UnsafeRawBufferPointer(owner.buffer), owner: owner)
  }

  /// A matrix over memory of any alignment that `owner` keeps alive; it must not be empty.
  ///
  /// - Parameter discard: Called with ranges of bytes that are not needed again soon.
  package init(
    _ layout: Layout, images: Int, texts: Int, element: Element, bytes: UnsafeRawBufferPointer,
    owner: any AnyObject & Sendable, discard: @escaping @Sendable (Range<Int>) -> Void = { _ in }
  ) {
    guard let start = bytes.baseAddress, bytes.count == images * texts * element.size else {
      preconditionFailure("one score for each pair, and at least one")
    }
    self.layout = layout
    self.images = images
    self.texts = texts
    self.element = element
    memory = Memory(start: start, owner: owner, discard: discard)
  }

  var rows: Int { layout == .imagesByTexts ? images : texts }
  var columns: Int { layout == .imagesByTexts ? texts : images }

  /// Lends rows as float32 scores of any alignment, one row after the other.
  ///
  /// - Parameter scratch: Room for the rows, which is used where they must be converted.
  func withRows(
    _ range: Range<Int>, scratch: UnsafeMutablePointer<Float>, _ body: (UnsafeRawPointer) -> Void
  ) {
    let start = memory.start + range.lowerBound * columns * element.size
    if element == .float32 {
      body(start)
    } else {
      convert(start, count: range.count * columns, to: scratch)
      body(scratch)
    }
    memory.discard(
      range.lowerBound * columns * element.size..<range.upperBound * columns * element.size)
    _fixLifetime(memory.owner)
  }

  /// The float32 score at a place.
  func score(row: Int, column: Int) -> Float {
    var score: Float = 0
    convert(memory.start + (row * columns + column) * element.size, count: 1, to: &score)
    _fixLifetime(memory.owner)
    return score
  }

  private func convert(
    _ start: UnsafeRawPointer, count: Int, to scores: UnsafeMutablePointer<Float>
  ) {
    let code =
      switch element {
      case .float16: CTENSORS_FLOAT16
      case .bfloat16: CTENSORS_BFLOAT16
      case .float32: CTENSORS_FLOAT32
      case .float64: CTENSORS_FLOAT64
      }
    ctensors_convert(CTENSORS_FASTEST, code, count, start, scores)
  }

  /// Nobody writes to it, and the owner keeps it alive.
  private struct Memory: @unchecked Sendable {
    let start: UnsafeRawPointer
    let owner: any AnyObject & Sendable
    let discard: @Sendable (Range<Int>) -> Void
  }
}

/// Scores in memory of their own, written once.
private final class OwnedScores: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(_ scores: [Float]) {
    buffer = .allocate(capacity: scores.count)
    _ = buffer.initialize(from: scores)
  }

  deinit { buffer.deallocate() }
}
