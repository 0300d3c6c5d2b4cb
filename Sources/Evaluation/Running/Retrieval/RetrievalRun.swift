import Datasets
import Foundation
import Models
import Records

/// Runs a retrieval, or a part of one: encodes its part of the texts and of the images or clips, once
/// each, exchanges what they are compared by with the other parts through files, and scores the pairs
/// of its images or clips. The lines are the same for any number of parts, any batch size, and after
/// any kill.
package struct RetrievalRun {
  private let job: RetrievalJob
  private let journal: Journal
  private let answered: Set<SampleID>
  private let files: ExchangeFiles

  /// Runs what is left of a part.
  ///
  /// - Parameters:
  ///   - journal: Gets a line an image or a clip.
  ///   - answered: Those that have one.
  /// - Returns: The images or clips that could not be seen. They are on no shortlist; where nobody
  ///   allowed that, the run ends before anything is compared.
  /// - Throws: `EvaluationError.incomplete` where another part has not encoded its share by the time
  ///   that is given, `.badRun` where media have changed; `ModelError`, `RecordError`.
  package static func run(
    _ job: RetrievalJob, _ journal: Journal, answered: Set<SampleID>
  ) throws -> [RunFailure] {
    let run = RetrievalRun(
      job: job, journal: journal, answered: answered, files: ExchangeFiles(job))
    return try run.run()
  }

  private func run() throws -> [RunFailure] {
    // The folder of the part is gone by now; what it exchanges lies beside it, and may be of media
    // that are others by now.
    if job.isFresh { files.removeOwn() }
    if try isDone() {
      cleanUp(isWhole: true)
      return []
    }
    try files.makeFolder()
    try encodeTexts()
    let (encoding, visuals) = try encodeVisuals()
    guard encoding.failures.isEmpty || job.allowsPartial else { return encoding.failures }
    if visuals.visuals.contains(where: { !isAnswered($0) }) {
      let parts = try awaitParts()
      let scoring = try RetrievalScoring(
        job, texts: parts.flatMap(\.texts), visuals: parts.map(\.visuals))
      try scoring.score(journal, answered: answered, encoding)
    }
    cleanUp(isWhole: encoding.failures.isEmpty)
    return encoding.failures
  }

  private func isAnswered(_ visual: Int) -> Bool {
    answered.contains(job.samples.samples[visual].id)
  }

  /// Whether all lines are there, and what other parts need of this one.
  private func isDone() throws -> Bool {
    guard job.visuals.allSatisfy(isAnswered) else { return false }
    if job.shard.isWhole { return true }
    for block in files.blocks(of: job.shard).indices {
      guard try ExchangeFiles.usable({ try files.readTexts(job.shard, block: block) }) != nil
      else { return false }
    }
    return try ExchangeFiles.usable { try files.readVisuals(job.shard) } != nil
  }

  /// Encodes the texts of this part that no file holds.
  private func encodeTexts() throws {
    let blocks = files.blocks(of: job.shard)
    let total = blocks.reduce(0) { $0 + $1.count }
    var (before, done) = (0, 0)
    for (index, block) in blocks.enumerated() {
      if try ExchangeFiles.usable({ try files.readTexts(job.shard, block: index) }) != nil {
        before += block.count
      } else {
        let gallery = try job.model.gallery(
          of: block.map { TextInput(sample: "text:\($0)", job.samples.texts[$0]) }, job.task)
        try gallery.write(to: files.texts(job.shard, block: index), key: files.key)
      }
      done += block.count
      job.report("encode texts", "texts", before: before, done: done, of: total)
    }
  }

  /// Sees the images or clips of this part that are still needed, and writes what they are compared
  /// by where no file holds it.
  private func encodeVisuals() throws -> (VisualEncoding, EncodedVisuals) {
    let encoding = try VisualEncoding(job, key: files.key)
    guard let known = try ExchangeFiles.usable({ try files.readVisuals(job.shard) }) else {
      try encoding.see(Array(job.visuals))
      return (encoding, try write(encoding))
    }
    let isThere = Set(known.visuals)
    try encoding.see(job.visuals.filter { !isAnswered($0) || !isThere.contains($0) })
    // One that could not be seen when the others compared can be by now.
    if let other = encoding.embeddings.keys.filter({ !isThere.contains($0) }).min() {
      guard job.shard.isWhole, answered.isEmpty else { throw encoding.changed(other) }
      try encoding.see(Array(job.visuals))
      return (encoding, try write(encoding))
    }
    return (encoding, known)
  }

  private func write(_ encoding: VisualEncoding) throws -> EncodedVisuals {
    let visuals = job.visuals.filter { encoding.embeddings[$0] != nil }
    let encoded = EncodedVisuals(
      visuals: visuals, embeddings: visuals.compactMap { encoding.embeddings[$0] },
      media: visuals.compactMap { encoding.seen.known[$0]?.media })
    // Others must not take a part of the set for all of it.
    if encoding.failures.isEmpty || job.allowsPartial {
      try encoded.write(to: files.visuals(job.shard), key: files.key)
    }
    return encoded
  }

  /// What a part has encoded.
  private struct Part {
    let texts: [TextGalleryFile]
    let visuals: EncodedVisuals
  }

  /// What all parts have encoded, as soon as it is there.
  private func awaitParts() throws -> [Part] {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(max(0, job.wait)))
    var parts = [Part?](repeating: nil, count: job.shard.count)
    while true {
      var lacking: [(shard: Shard, reason: String?)] = []
      for (index, shard) in files.shards.enumerated() where parts[index] == nil {
        do {
          parts[index] = try part(shard)
        } catch RecordError.missingFile {
          lacking.append((shard, nil))
        } catch let error as RecordError {
          throw error
        } catch {
          lacking.append((shard, "\(error)"))
        }
      }
      if lacking.isEmpty { return parts.compactMap(\.self) }
      job.report(
        "wait for other parts", "parts", done: parts.count - lacking.count, of: parts.count)
      guard clock.now < deadline else { throw incomplete(lacking) }
      Thread.sleep(forTimeInterval: 0.5)
    }
  }

  private func part(_ shard: Shard) throws -> Part {
    let visuals = try files.readVisuals(shard)
    let count = shard.range(of: job.samples.samples.count).count
    guard visuals.visuals.count == count || job.allowsPartial else {
      throw KeyedTensorsError(
        file: files.visuals(shard),
        reason: "\(count - visuals.visuals.count) \(job.noun) were left out with --allow-partial")
    }
    return Part(
      texts: try files.blocks(of: shard).indices.map { try files.readTexts(shard, block: $0) },
      visuals: visuals)
  }

  private func incomplete(_ lacking: [(shard: Shard, reason: String?)]) -> EvaluationError {
    let names = lacking.map { "\($0.shard)" }
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    let reason = lacking.compactMap(\.reason).first.map { " (\($0))" } ?? ""
    return .incomplete(
      set: job.set,
      reason: "part \(job.shard) has encoded its share, and what the parts \(shown) encode is not "
        + "in \(job.common)\(reason)",
      remedy: "run the other parts, then this one again, or several at a time with --wait SECONDS")
  }

  /// Removes what only a run that goes on needs.
  ///
  /// - Parameter isWhole: Whether all images or clips have a line; where some could not be seen, what
  ///   the others were compared by still tells whether they can be by now.
  private func cleanUp(isWhole: Bool) {
    try? FileManager.default.removeItem(atPath: "\(job.folder)/\(VisualEncoding.folderName)")
    unlink("\(job.folder)/\(SeenVisuals.fileName)")
    if job.shard.isWhole, isWhole { files.removeOwn() }
  }
}
