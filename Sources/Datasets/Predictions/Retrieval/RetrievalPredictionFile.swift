import Metrics
import Records

/// A prediction file of a retrieval set: score matrices, scored pairs, or rankings.
public enum RetrievalPredictionFile {
  /// How many of each query's best candidates are kept for reports.
  package static let best = 10

  /// Reads a file and counts the ranks while another thread takes its digest.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` for a file that is wrong, with the tensor
  ///   or the record.
  public static func read(
    _ path: String, for references: RetrievalReferences
  ) throws -> (ranks: RetrievalRanks, problems: [Problem], file: SourceFile) {
    let (content, file) = try SourceFile.read(path, role: "predictions") { file in
      if file.count == 0 { throw DatasetError.empty(path: path, what: "prediction") }
      if file.bytes.starts(with: NPYFile.magic) {
        return try ranks(ScoreMatrixFile(npy: file, references), references, path)
      }
      if SafetensorsHeader.begins(file) {
        return try ranks(ScoreMatrixFile(safetensors: file, references), references, path)
      }
      try refuseOthers(file)
      if ScoredPairFile.begins(file) {
        return (try ScoredPairFile(file, references, best: best).ranks, [])
      }
      let rankings = try RankingFile(file, references, best: best)
      let ranks = RetrievalRanks(
        side: references.side, origin: .rankings, ofImages: rankings.ofImages,
        ofTexts: rankings.ofTexts)
      return (ranks, rankings.problems)
    }
    return (content.0, content.1, file)
  }

  private static func ranks(
    _ file: ScoreMatrixFile, _ references: RetrievalReferences, _ path: String
  ) throws -> (RetrievalRanks, [Problem]) {
    do {
      let ranks = try RetrievalRanks(
        side: references.side, truth: references.truth, imageToText: file.imageToText,
        textToImage: file.textToImage, best: best)
      return (ranks, file.problems)
    } catch MetricError.notANumber(let matrix, let image, let text) {
      let isImageToText = matrix == references.side.matrixNames.toText
      let (row, column) = isImageToText ? (image, text) : (text, image)
      throw DatasetError.badTensor(
        path: path, member: matrix,
        reason: "the score at row \(row), column \(column) (counted from 0) is NaN",
        remedy: "a score that is no number has no rank: correct the model's output")
    }
  }

  /// Files that are neither, by what they begin with.
  private static func refuseOthers(_ file: MappedFile) throws {
    let expected = "a .npy or .safetensors score matrix, or scored pairs or rankings in JSON"
    if ForeignContent(file) == .zip {
      throw DatasetError.wrongKind(
        path: file.path, expected: expected, found: "a zip archive (.npz or .pt)",
        remedy: "save the matrix with numpy.save, or both as i2t and t2i with safetensors")
    }
    // A pickle of protocol 2 and above; no JSON document begins so.
    if file.bytes[0] == 0x80 {
      throw DatasetError.wrongKind(
        path: file.path, expected: expected, found: "a Python pickle",
        remedy: "save the matrix with numpy.save")
    }
    if file.path.hasSuffix(".npy") || file.path.hasSuffix(".safetensors") {
      let isNPY = file.path.hasSuffix(".npy")
      guard ForeignContent(file) == nil else { return }
      throw DatasetError.badTensor(
        path: file.path, member: "header",
        reason: "the file does not begin as \(isNPY ? ".npy" : ".safetensors") does",
        remedy: "it is damaged or truncated: save it again")
    }
  }
}
