import Datasets
import Records

/// Which bytes of each image or clip the answers of a run are about: those of a file that was changed
/// in between are no answers of one run.
struct JournaledMedia {
  private let samples: SampleSet
  private let places: [SampleID: Int]
  /// By place in `samples.media`: SHA-256, in hexadecimal.
  private var digests: [Int: String] = [:]

  init(_ samples: SampleSet) {
    self.samples = samples
    places = Dictionary(
      zip(samples.samples.map(\.id), samples.samples.indices),
      uniquingKeysWith: { first, _ in first })
  }

  /// Takes note of what an answer is about.
  ///
  /// - Returns: Whether the run asks for the sample at all.
  /// - Throws: `EvaluationError.badRun` where another answer is about other bytes.
  mutating func note(_ line: PredictionLine, in path: String) throws -> Bool {
    guard let place = places[line.id] else { return false }
    let media = samples.samples[place].media
    for (medium, digest) in zip(media, line.record["media"]?.array?.compactMap(\.string) ?? []) {
      try note(medium, digest, in: path)
    }
    return true
  }

  /// Takes note of the bytes of a file.
  ///
  /// - Throws: `EvaluationError.badRun` where an answer is about other ones.
  mutating func note(_ medium: Int, _ digest: String, in path: String) throws {
    guard let known = digests.updateValue(digest, forKey: medium), known != digest else { return }
    throw EvaluationError.badRun(
      path: path,
      reason:
        "\(samples.media[medium].path) has changed since the run began: answers in it are about "
        + "another file of that name",
      remedy: "put the file back, or run with --fresh")
  }
}
