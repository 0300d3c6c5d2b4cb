import Datasets
import Evaluation
import Foundation
import Media
import Records
import Synchronization
import TestSupport
import Testing

/// What the doctor says of data folders that we made: three questions about two images.
@Suite struct DoctorTests {
  private static let questionFile = "v2_OpenEnded_mscoco_val2014_questions.json"
  private static let annotationFile = "v2_mscoco_val2014_annotations.json"
  private static let images = [
    "val2014/COCO_val2014_000000000007.jpg", "val2014/COCO_val2014_000000000008.jpg",
  ]

  /// VQAv2's card with counts that a test can meet.
  private func card() throws -> BenchmarkCard {
    func split(_ name: String, _ answers: String, _ files: String) -> String {
      #"{"name": "\#(name)", "label": "\#(name)", "answers": "\#(answers)", "samples": 3,"#
        + #" "images": 2, "media": "val2014/COCO_val2014_{id:12}.jpg","#
        + #" "submission": "s.json", "files": {\#(files)}}"#
    }
    let val =
      #""questions": ["\#(Self.questionFile)"], "annotations": ["\#(Self.annotationFile)"]"#
    let text =
      #"{"name": "small", "title": "Small", "task": "vqa", "dataset": "vqav2","#
      + #" "metrics": ["accuracy"], "primary": "accuracy", "folders": [".", "vqa"],"#
      + #" "media_folders": [".", "coco"], "splits": [\#(split("val", "public", val)),"#
      + split("test", "hidden", #""questions": ["questions.json"]"#) + "]}"
    return try JSONDecoder().decode(BenchmarkCard.self, from: Data(text.utf8))
  }

  private func questions(_ ids: [Int]) -> String {
    let list = ids.map { #"{"question_id": \#($0), "image_id": \#($0 / 1000), "question": "q"}"# }
    return #"{"questions": [\#(list.joined(separator: ", "))]}"#
  }

  private func annotations(_ ids: [Int]) -> String {
    let list = ids.map {
      #"{"question_id": \#($0), "image_id": \#($0 / 1000), "question_type": "what","#
        + #" "answer_type": "other", "answers": [{"answer": "a", "answer_id": 1}]}"#
    }
    return #"{"annotations": [\#(list.joined(separator: ", "))]}"#
  }

  private static let ids = [7000, 7001, 8000]

  /// A folder in which everything is as it should be.
  private func whole() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    try scratch.write(Self.questionFile, questions(Self.ids))
    try scratch.write("vqa/\(Self.annotationFile)", annotations(Self.ids))
    try scratch.write("questions.json", questions(Self.ids))
    for image in Self.images { try scratch.write(image, Data(MediaSample.jpeg.bytes)) }
    return scratch
  }

  private func report(
    on scratch: TemporaryFolder, deep: DeepCheck? = nil
  ) throws -> [SplitReport] {
    let card = try card()
    let report = try Doctor(data: scratch.path, deep: deep).examine([(card, card.splits)])
    return try #require(report.benchmarks.first).splits
  }

  private func val(_ scratch: TemporaryFolder, deep: DeepCheck? = nil) throws -> SplitReport {
    try #require(try report(on: scratch, deep: deep).first)
  }

  @Test(arguments: [false, true]) func everythingIsThere(_ isDeep: Bool) throws {
    let scratch = try whole()
    let splits = try report(on: scratch, deep: isDeep ? DeepCheck() : nil)
    #expect(splits.map(\.status) == [.usable, .usable])
    #expect(splits.map(\.scoring) == [.usable, .submission])
    #expect(splits.allSatisfy { $0.findings.isEmpty })
    let val = splits[0]
    #expect(val.samples == SplitReport.Count(found: 3, official: 3))
    #expect(val.images == SplitReport.Count(found: 2, official: 2))
    #expect(val.files.found.map(\.role) == ["annotations", "questions"])
    #expect(
      val.files.found.map(\.path)
        == [scratch("vqa/\(Self.annotationFile)"), scratch(Self.questionFile)])
    #expect(val.files.found[0].bytes == annotations(Self.ids).utf8.count)
    #expect(val.files.found[0].sha256?.count == 64 && val.files.found[1].sha256 == nil)
    #expect(val.files.absent.isEmpty)
    #expect(val.media?.location.found.map(\.path) == Self.images.map { scratch($0) })
    #expect(val.media?.formats == (isDeep ? [.image(.jpeg): 2] : nil))
    #expect(val.media?.unreadable?.count == (isDeep ? 0 : nil))
  }

  @Test func oneImageIsMissing() throws {
    let scratch = try whole()
    try FileManager.default.removeItem(atPath: scratch(Self.images[1]))
    let val = try val(scratch)
    #expect(val.status == .partial && val.scoring == .usable)
    let finding = try #require(val.findings.first)
    #expect(finding.code == "media_missing" && finding.severity == .error && finding.count == 1)
    #expect(finding.examples == [Self.images[1]])
    for part in [
      "small/val: 1 of 2 images are missing (first: \(Self.images[1]))",
      "looked in \(scratch("val2014")), \(scratch.path)",
      "not there are \(scratch("coco/val2014")), ", "put or link them into \(scratch("val2014"))",
    ] { #expect(finding.message.contains(part), "\(finding.message)") }
  }

  @Test(arguments: [false, true]) func noImageIsThere(_ isDeep: Bool) throws {
    let scratch = try whole()
    try FileManager.default.removeItem(atPath: scratch("val2014"))
    let val = try val(scratch, deep: isDeep ? DeepCheck() : nil)
    #expect(val.status == .partial && val.scoring == .usable)
    #expect(val.findings.map(\.code) == [isDeep ? "media_missing" : "media_absent"])
    #expect(val.findings.map(\.severity) == [isDeep ? .error : .warning])
    #expect((val.findings[0].error == nil) == !isDeep)
    #expect(val.findings[0].message.contains("2 of 2 images are missing"))
  }

  @Test func oneSplitDoesNotStopTheOther() throws {
    let scratch = try whole()
    try FileManager.default.removeItem(atPath: scratch("vqa/\(Self.annotationFile)"))
    let splits = try report(on: scratch)
    #expect(splits.map(\.status) == [.unusable, .usable])
    #expect(splits.map(\.scoring) == [.unusable, .submission])
    // The three readers of the split say the same: it is said once.
    #expect(splits[0].findings.map(\.code) == ["file_missing"])
    #expect(splits[0].findings[0].message.contains("the annotation file beside it"))
    #expect(splits[0].files.absent.map(\.names) == [[Self.annotationFile]])
    #expect(splits[0].samples == SplitReport.Count(found: nil, official: 3))
  }

  @Test func countsAreWarnings() throws {
    let scratch = try whole()
    try scratch.write(Self.questionFile, questions([7000, 7001]))
    try scratch.write("vqa/\(Self.annotationFile)", annotations([7000, 7001]))
    let val = try val(scratch)
    #expect(val.status == .partial)
    #expect(val.findings.map(\.code) == ["official_count"])
    #expect(val.findings[0].severity == .warning)
    #expect(
      val.findings[0].message.hasPrefix(
        "the files of val hold 2 questions (officially 3), 1 images (officially 2): "))
  }

  @Test func danglingAndRepeatedIDs() throws {
    let scratch = try whole()
    try scratch.write(Self.questionFile, questions([7000, 7001, 9000]))
    var val = try val(scratch)
    #expect(val.status == .partial)
    #expect(
      val.findings.map(\.code)
        == ["questions_without_annotations", "annotations_without_questions"])
    #expect(val.findings.allSatisfy { $0.severity == .error && $0.count == 1 })
    #expect(
      val.findings[0].message == "small/val: 1 questions have no annotation (first: 9000); "
        + "take all files from one release")
    try scratch.write(Self.questionFile, questions([7000, 7000]))
    val = try self.val(scratch)
    #expect(val.findings.map(\.code) == ["duplicate_id"] && val.status == .partial)
    try scratch.write("vqa/\(Self.annotationFile)", annotations([7000, 7000]))
    val = try self.val(scratch)
    #expect(val.status == .unusable)
    #expect(val.findings.map(\.code) == ["duplicate_id", "duplicate_id"])
  }

  @Test func strangersUnderTheFilesName() throws {
    let scratch = try whole()
    for (content, says) in [
      ("<html>", "web page"), ("", "found the end"), ("{\"images\": []}", "found a caption"),
      ("version https://git-lfs.github.com/spec/v1\nsize 9\n", "git lfs pull"),
    ] {
      try scratch.write("vqa/\(Self.annotationFile)", content)
      let val = try val(scratch)
      #expect(val.status == .unusable)
      #expect(
        val.findings.contains { $0.message.contains(says) },
        "\(says): \(val.findings.map(\.message))")
      #expect(val.findings.contains { $0.severity == .error })
    }
  }

  @Test func theSameNameTwice() throws {
    let scratch = try whole()
    try FileManager.default.createSymbolicLink(
      atPath: scratch(Self.annotationFile), withDestinationPath: "vqa/\(Self.annotationFile)")
    #expect(try val(scratch).findings.isEmpty)
    try FileManager.default.removeItem(atPath: scratch(Self.annotationFile))
    try scratch.write(Self.annotationFile, annotations(Self.ids))
    let val = try val(scratch)
    #expect(val.findings.map(\.code) == ["file_twice"] && val.status == .usable)
    #expect(val.findings[0].examples.first == scratch(Self.annotationFile))
  }

  @Test(arguments: [
    "v2_mscoco_val2014_annotations.json.gz", "v2_mscoco_val2014_annotations.json.part",
    "V2_mscoco_Val2014_annotations.json", "v2_mscoco_val2014_annotations (1).json",
    "v2_mscoco_val2014_annotations.zip",
  ])
  func whatLiesThereInstead(_ name: String) throws {
    let scratch = try whole()
    try FileManager.default.removeItem(atPath: scratch("vqa/\(Self.annotationFile)"))
    #expect(try val(scratch).findings.map(\.code) == ["file_missing"])
    try scratch.write("vqa/\(name)", "x")
    let note = try #require(try val(scratch).findings.last)
    #expect(note.code == "similar_file" && note.severity == .note)
    #expect(note.message.hasPrefix("\(scratch("vqa/\(name)")) is there: "))
    let isPacked = name.hasSuffix(".gz") || name.hasSuffix(".zip")
    #expect(note.message.hasSuffix(isPacked ? "unpack it" : "its official name"))
  }

  @Test func archives() throws {
    let scratch = try whole()
    for name in ["a.zip", "b.tar.gz", "c.tgz", "d.7z", "readme"] {
      try scratch.write("vqa/\(name)", "x")
    }
    #expect(try val(scratch).findings.isEmpty)
    try FileManager.default.removeItem(atPath: scratch("vqa/\(Self.annotationFile)"))
    let note = try #require(try val(scratch).findings.last)
    #expect(note.code == "archive" && note.count == 4)
    #expect(note.message.hasSuffix("\(scratch("vqa/c.tgz")) and 1 more"))
  }

  @Test func unreadableMedia() throws {
    let scratch = try whole()
    try scratch.write(Self.images[0], Data(MediaSample.jpeg.bytes.prefix(40)))
    try scratch.write(Self.images[1], Data(MediaSample.png.bytes))
    // Without --deep nobody looks.
    #expect(try val(scratch).status == .usable)
    let calls = Mutex<[Int]>([])
    let splits = try report(
      on: scratch,
      deep: DeepCheck(threads: 3) { done, total in calls.withLock { $0 += [done, total] } })
    // Both splits need the same two files, which are looked at once.
    #expect(calls.withLock { $0 } == [1, 2, 2, 2])
    for split in splits {
      #expect(split.status == .partial)
      #expect(split.findings.map(\.code) == ["media_unreadable", "media_extension"])
      #expect(split.findings.map(\.severity) == [.error, .note])
      #expect(
        split.findings[0].message.contains(
          "1 of 2 images cannot be read (media_truncated: 1); first: \(scratch(Self.images[0])): "
            + "truncated: "))
      #expect(split.media?.unreadable?.map(\.path) == [scratch(Self.images[0])])
      #expect(split.media?.unreadable?.map(\.code) == ["media_truncated"])
      #expect(split.media?.formats == [.image(.png): 1])
    }
  }

  @Test func manyFilesOnManyThreads() throws {
    let scratch = try TemporaryFolder()
    let ids = (1...200).map { $0 * 1000 }
    try scratch.write(Self.questionFile, questions(ids))
    try scratch.write(Self.annotationFile, annotations(ids))
    for id in 1...200 {
      let name =
        "val2014/COCO_val2014_\(String(repeating: "0", count: 12 - "\(id)".count))\(id).jpg"
      let bytes = MediaSample.jpeg.bytes
      try scratch.write(name, Data(id % 50 == 0 ? bytes.prefix(50) : bytes[...]))
    }
    for threads in [1, 7] {
      let val = try val(scratch, deep: DeepCheck(threads: threads))
      #expect(
        val.media?.unreadable?.compactMap { $0.path.suffix(7) } == [
          "050.jpg", "100.jpg", "150.jpg", "200.jpg",
        ])
    }
  }
}
