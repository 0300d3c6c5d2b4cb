import Datasets
import Evaluation
import Foundation
import Media
import Metrics
import Models
import Records
import Synchronization
import TestSupport
import Testing

/// A retrieval from media and texts to lines, as one run and in parts.
@Suite struct RetrievalRunTests {
  /// The lines of the whole run hold what the model says when it is asked at once.
  @Test func linesAreTheScoresOfTheShortlists() throws {
    let made = try MadeRetrieval()
    let job = made.job("whole")
    #expect(try made.run(job).isEmpty)
    let gallery = try made.model.gallery(
      of: made.samples.texts.map { TextInput(sample: "", $0) }, made.task)
    let features = try made.requests.map { request in
      try made.model.features(
        of: [made.task.imageTransform.tensor(of: ImageDecoder().decode(request.path).image)],
        made.task)[0]
    }
    let shortlists = try made.model.shortlists(
      of: features.map { $0.embedding ?? [] }, and: gallery, made.task)
    let scores = try made.model.scores(
      of: shortlists, gallery, visuals: 0..<features.count, made.task,
      features: { features[$0] }, progress: { _, _ in })
    let path = MadeRetrieval.journal(job)
    var letters = ""
    let count = try forEachRecord(in: MappedFile(path)) { reader, index in
      let line = try reader.readValue()
      #expect(line["image"] == .int(700 + index))
      #expect(
        line["media"]?[0]?.string
          == (try? SHA256.hexDigest(ofFile: made.requests[index].path)))
      #expect(line["remarks"] == nil && line["checksum"]?.string?.utf8.count == 16)
      let pairs = shortlists.pairs(of: index..<index + 1)[0]
      #expect(line["texts"]?.array?.compactMap(\.int) == pairs.map(\.text))
      let own = try #require(line["lists"]?.string)
      letters += own
      for (pair, letter) in zip(pairs, own) {
        #expect(letter == (pair.isForVisual ? pair.isForText ? "b" : "v" : "t"))
      }
      // To the bit.
      #expect(
        line["scores"]?.array?.compactMap(\.double).map { Float($0) }
          == pairs.map { scores.score(visual: index, text: $0.text) })
    }
    #expect(count == 9 && Set(letters) == ["v", "t", "b"])
    // Ranks of the lines are those of the full matrices.
    let set = try RetrievalReferences(
      side: .image, images: made.samples.samples.map(\.id),
      files: made.samples.media.map(\.path), texts: made.samples.texts,
      imageOfText: made.samples.texts.indices.map { min($0, 8) })
    let dense = try made.scratch.write(
      "dense.safetensors",
      ScoreFiles.safetensors([
        (name: "i2t", shape: [9, 14], scores: scores.visuals.flatMap(\.dense)),
        (name: "t2i", shape: [14, 9], scores: scores.texts.flatMap(\.dense)),
      ]))
    let found = try RetrievalPredictionFile.read(path, for: set).ranks
    let expected = try RetrievalPredictionFile.read(dense, for: set).ranks
    #expect(found.ofImages?.ranks == expected.ofImages?.ranks)
    #expect(found.ofTexts?.ranks == expected.ofTexts?.ranks)
    #expect(found.ofTexts?.decidedByTies == expected.ofTexts?.decidedByTies)
    #expect(try RetrievalRecall().scores(of: found)[0].value > 0)
    // Nothing is left of what only a run that goes on needs.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: job.folder) == ["predictions.jsonl"])
    #expect(!FileManager.default.fileExists(atPath: job.common))
  }

  @Test func theSameLinesForAnyNumberOfParts() throws {
    let made = try MadeRetrieval()
    let whole = made.job("whole")
    #expect(try made.run(whole).isEmpty)
    let lines = try made.lines([whole])
    #expect(lines.count == 9)
    // Of eleven parts two have no picture, and none of them more than two texts.
    for count in [1, 2, 3, 5, 11] {
      let jobs = try made.runInParts("parts-of-\(count)", count) { job in
        job.batchSize = [1, 2, 64][count % 3]
        job.threads = 1 + count % 2
      }
      #expect(try made.lines(jobs) == lines, "\(count)")
    }
    // The negative twin: another text is another comparison.
    var other = try MadeRetrieval(texts: 13)
    #expect(try other.lines([runWhole(other)]) != lines)
    other = made
    other.task.output = .matching(MatchingRule(shortlist: 4, addsSimilarity: false))
    #expect(try other.lines([runWhole(other)]) != lines)
  }

  private func runWhole(_ made: MadeRetrieval) throws -> RetrievalJob {
    let job = made.job("other")
    #expect(try made.run(job).isEmpty)
    return job
  }

  /// On threads of their own: those that tests share are too few to wait on.
  @Test func partsWaitForOneAnother() throws {
    let made = try MadeRetrieval()
    let lines = try made.lines([runWhole(made)])
    let jobs = (1...3).map { index in
      made.job("together", Shard(index: index, of: 3)).changed { $0.wait = 300 }
    }
    let outcomes = Mutex<[String]>([])
    let group = DispatchGroup()
    for job in jobs {
      group.enter()
      Thread.detachNewThread {
        let outcome = Result { try made.run(job).count }
        outcomes.withLock { $0.append("\(outcome)") }
        group.leave()
      }
    }
    group.wait()
    #expect(outcomes.withLock { $0 } == Array(repeating: "success(0)", count: 3))
    #expect(try made.lines(jobs) == lines)
  }

  @Test func clips() throws {
    let made = try MadeRetrieval(
      texts: 5, shortlist: 2, clips: ["b_frames.mp4", "rotated.mp4", "fragmented.mp4"])
    let whole = try runWhole(made)
    let lines = try made.lines([whole])
    #expect(lines.count == 3 && lines[0].contains(#""image":"b_frames.mp4""#))
    #expect(try made.lines(made.runInParts("clips", 2)) == lines)
    let pictures = try MadeRetrieval(images: 3, texts: 5, shortlist: 2)
    #expect(try pictures.lines([runWhole(pictures)]) != lines)
  }

  /// Said in the line of one picture, whatever the parts.
  @Test func remarks() throws {
    var made = try MadeRetrieval()
    made.task.text = TextRule(cleaning: .caption)
    let long = (0..<90).map { MadeRetrieval.words[$0 % 7] }.joined(separator: " ")
    let samples = SampleSet(
      samples: made.samples.samples, media: made.samples.media,
      texts: made.samples.texts + [long], files: [])
    func parts(_ count: Int) throws -> [RetrievalJob] {
      let jobs = (1...count).map { index -> RetrievalJob in
        let job = made.job("remarks-\(count)", Shard(index: index, of: count))
        return RetrievalJob(job, samples: samples)
      }
      for job in jobs + jobs { _ = try? made.run(job) }
      return jobs
    }
    let lines = try made.lines(parts(1))
    #expect(lines.count { $0.contains(#""remarks":["text-cut"]"#) } == 1)
    #expect(try made.lines(parts(3)) == lines)
  }

  @Test func whatCannotBeSeenIsListedBeforeAnythingIsCompared() throws {
    let made = try MadeRetrieval()
    let good = try Data(contentsOf: URL(fileURLWithPath: made.requests[4].path))
    try made.scratch.write("media/4.png", good.prefix(60))
    try FileManager.default.removeItem(atPath: made.requests[7].path)
    for size in [1, 64] {
      var job = made.job("stops-\(size)")
      job.batchSize = size
      let failures = try made.run(job)
      #expect(failures.map(\.id) == [704, 707])
      #expect(failures.map(\.code) == ["media_truncated", "media_missing"])
      #expect(try made.lines([job]).isEmpty)
    }
    // Allowed, they are on no shortlist, in any number of parts.
    var job = made.job("partial")
    job.allowsPartial = true
    #expect(try made.run(job).map(\.id) == [704, 707])
    let lines = try made.lines([job])
    #expect(lines.count == 7 && !lines.contains { $0.contains("\"image\":704") })
    #expect(try made.run(job).map(\.id) == [704, 707])
    #expect(try made.lines([job]) == lines)
    for count in [2, 5] {
      let jobs = try made.runInParts("partial-\(count)", count) { $0.allowsPartial = true }
      #expect(try made.lines(jobs) == lines)
    }
    // One who does not allow it does not take what another has left out.
    _ = try made.run(job.changed { $0.shard = Shard(index: 2, of: 2) })
    let part = made.job("partial-2", Shard(index: 1, of: 2))
    #expect(try made.run(part).map(\.id) == [704])
    // Mended, it is another comparison than the lines are of.
    try made.scratch.write("media/4.png", good)
    #expect(throws: EvaluationError.self) { try made.run(job) }
    // What was not compared with anything yet goes on.
    try made.scratch.write("media/7.png", good)
    let stopped = made.job("stops-1")
    #expect(try made.run(stopped).isEmpty)
    #expect(try made.lines([stopped]).count == 9)
  }
}

extension RetrievalJob {
  /// The same job about other samples.
  init(_ job: RetrievalJob, samples: SampleSet) {
    self.init(
      model: job.model, task: job.task, samples: samples, requests: job.requests, set: job.set,
      key: job.key, folder: job.folder, common: job.common)
    shard = job.shard
  }

  /// The same job with something changed.
  func changed(_ change: (inout RetrievalJob) -> Void) -> RetrievalJob {
    var job = self
    change(&job)
    return job
  }
}
