import Metrics
import Records

/// Score matrices as predictions: `.npy` with one matrix, `.safetensors` with `i2t [images, texts]`,
/// `t2i [texts, images]` or both (for clips also `v2t`, `t2v`). Rows and columns are in the order of
/// the annotation file. One matrix alone serves both directions.
struct ScoreMatrixFile {
  /// The scores by which images rank texts.
  let imageToText: ScoreMatrix?
  /// The scores by which texts rank images.
  let textToImage: ScoreMatrix?
  /// Number types that were converted, a shape that can be read in two ways.
  let problems: [Problem]

  /// Reads the header of a `.npy` file; a square matrix is `[images, texts]` unless the file's name
  /// says `t2i` or `t2v`.
  ///
  /// - Throws: `DatasetError.badTensor`.
  init(npy file: MappedFile, _ references: RetrievalReferences) throws {
    let entry = try NPYFile.read(file)
    let (images, texts) = (references.images.count, references.texts.count)
    let isImageToText: Bool
    var problems = Self.conversions([entry])
    switch (entry.shape == [images, texts], entry.shape == [texts, images]) {
    case (true, true):
      let hint = Self.direction(inName: file.path)
      isImageToText = hint ?? true
      problems.append(Self.ambiguity(isImageToText, isNamed: hint != nil, references))
    case (true, false): isImageToText = true
    case (false, true): isImageToText = false
    case (false, false):
      throw DatasetError.badTensor(
        path: file.path, member: "header",
        reason: "expected the shape [\(images), \(texts)] or [\(texts), \(images)], found "
          + "\(entry.shape)",
        remedy: "save the scores of all \(images) \(references.side.rawValue)s and \(texts) texts, "
          + "in the order of the annotation file")
    }
    let matrix = entry.matrix(isImageToText ? .imagesByTexts : .textsByImages, in: file)
    imageToText = isImageToText ? matrix : nil
    textToImage = isImageToText ? nil : matrix
    self.problems = problems
  }

  /// Reads the header of a `.safetensors` file.
  ///
  /// - Throws: `JSONError`, `DatasetError.badTensor`.
  init(safetensors file: MappedFile, _ references: RetrievalReferences) throws {
    let names =
      references.side == .image ? [["i2t"], ["t2i"]] : [["v2t", "i2t"], ["t2v", "t2i"]]
    let (wanted, others) = try SafetensorsFile.read(file, Set(names.joined()))
    func matrix(
      _ names: [String], _ layout: ScoreMatrix.Layout, _ shape: [Int]
    ) throws -> ScoreMatrix? {
      let found = wanted.filter { names.contains($0.name ?? "") }
      guard let entry = found.first else { return nil }
      let name = entry.name ?? ""
      guard found.count == 1 else {
        throw DatasetError.badTensor(
          path: file.path, member: name, reason: "\(names.joined(separator: " and ")) are the same",
          remedy: "keep one of them")
      }
      guard entry.shape == shape else {
        throw DatasetError.badTensor(
          path: file.path, member: name,
          reason: "expected the shape \(shape), found \(entry.shape)",
          remedy: entry.shape == shape.reversed()
            ? "transpose it, or name it by the other direction"
            : "save all scores, in the order of the annotation file")
      }
      return entry.matrix(layout, in: file)
    }
    let (images, texts) = (references.images.count, references.texts.count)
    imageToText = try matrix(names[0], .imagesByTexts, [images, texts])
    textToImage = try matrix(names[1], .textsByImages, [texts, images])
    guard imageToText != nil || textToImage != nil else {
      throw DatasetError.badTensor(
        path: file.path, member: "header",
        reason: "expected a tensor \(names[0][0]) or \(names[1][0]), found "
          + (others.isEmpty ? "none at all" : others.prefix(5).joined(separator: ", ")),
        remedy: "name the scores [\(references.side.rawValue)s, texts] \(names[0][0])")
    }
    problems = Self.conversions(wanted)
  }

  /// Whether a file's name has `i2t` or `v2t` as a word (true), `t2i` or `t2v` (false), or neither or
  /// both (nil).
  private static func direction(inName path: String) -> Bool? {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let words = name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let isImageToText = words.contains("i2t") || words.contains("v2t")
    let isTextToImage = words.contains("t2i") || words.contains("t2v")
    return isImageToText == isTextToImage ? nil : isImageToText
  }

  private static func ambiguity(
    _ isImageToText: Bool, isNamed: Bool, _ references: RetrievalReferences
  ) -> Problem {
    let side = "\(references.side.rawValue)s"
    let count = references.images.count
    let rows = isImageToText ? side : "texts"
    let name = references.side.matrixNames.fromText
    return Problem(
      code: "ambiguous_shape",
      message: "a matrix of \(count) x \(count) can be [\(side), texts] and [texts, \(side)]; its "
        + "rows were taken for \(rows)"
        + (isNamed
          ? ", as its name says"
          : "; name the file …\(name).npy, or save a .safetensors with \(name), if they are texts"),
      count: count)
  }

  private static func conversions(_ entries: [ArrayEntry]) -> [Problem] {
    var seen: [ScoreMatrix.Element] = []
    for entry in entries where entry.element != .float32 && !seen.contains(entry.element) {
      seen.append(entry.element)
    }
    return seen.map { element in
      Problem(
        code: "converted_scores",
        message: element == .float64
          ? "the scores are float64 and were ranked as float32, as the reference project does: "
            + "those that differ by less became equal"
          : "the scores are \(element.rawValue), of which many are equal: they were ranked as such",
        count: 0)
    }
  }
}
