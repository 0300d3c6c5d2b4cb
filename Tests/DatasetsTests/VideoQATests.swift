import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// The question files of MSRVTT-QA and MSVD-QA in each form that users have.
@Suite struct VideoQATests {
  @Test func officialFiles() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("MSRVTT-QA/test_qa.json", VideoQAFiles.msrvtt)
    let set = try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)
    let read = try VideoQAFiles.answers(set)
    #expect(read.ids == [170_859, 170_860, 170_861])
    #expect(read.videos == [7010, 9999, 7010])
    #expect(read.questions == ["what is  it ?", "how", "who"])
    #expect(read.answers == ["couch", "two", "two"])
    #expect(!read.isNumberedByLine)
    #expect(set.label == "msrvtt-qa-test")
    #expect(set.files.map(\.role) == ["annotations"])
    #expect(set.problems.isEmpty)
    #expect(
      try VideoQAFiles.media("msrvtt-qa/test", under: scratch.path).map(\.path)
        == ["video7010.mp4", "video9999.mp4"])
    #expect(
      try VideoQAFiles.media("msrvtt-qa/test", under: scratch.path).allSatisfy { $0.kind == .video }
    )
  }

  @Test func listsOfTheReferenceProject() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/msrvtt_qa/txt/test.jsonl", VideoQAFiles.list)
    let set = try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)
    let read = try VideoQAFiles.answers(set)
    #expect(read.ids == [0, 1])
    #expect(read.videos == ["video7010", "video7011"])
    #expect(read.isNumberedByLine)
    #expect(set.problems.map(\.code) == ["made_ids"])
    #expect(
      try VideoQAFiles.media("msrvtt-qa/test", under: scratch.path).map(\.path)
        == ["video7010.mp4", "video7011.mp4"])
    // The same lines as a list; blank lines count for nothing.
    let asList = "[" + VideoQAFiles.list.split(separator: "\n").joined(separator: ",") + "]"
    for content in [asList, "\n" + VideoQAFiles.list.replacing("\n", with: "\n\n")] {
      let path = try scratch.write("same.json", content)
      #expect(try VideoQAFiles.answers(MSRVTTQA.references(in: [path], label: "x")).ids == [0, 1])
    }
    // The official file comes first.
    try scratch.write("data/msrvtt_qa/test_qa.json", VideoQAFiles.msrvtt)
    #expect(
      try VideoQAFiles.answers(VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)).ids.first
        == 170_859)
    // A clip with another kind of name can be scored, but not found.
    let odd = try TemporaryFolder()
    try odd.write(
      "test.jsonl", #"{"question": "what?", "answer": "dog", "video_id": "clip7010"}"#)
    #expect(try VideoQAFiles.set("msrvtt-qa/test", under: odd.path).count == 1)
    let error = #expect(throws: DatasetError.self) {
      try VideoQAFiles.media("msrvtt-qa/test", under: odd.path)
    }
    #expect(error?.description.contains("clip7010") == true)
  }

  @Test func msvdClipNames() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("MSVD-QA/test_qa.json", VideoQAFiles.msvd)
    let bare = try VideoQAFiles.set("msvd-qa/test", under: scratch.path)
    #expect(bare.problems.map(\.code) == ["clips_not_mapped"])
    let problem = try #require(bare.problems.first)
    #expect(problem.count == 2)
    for part in ["youtube_mapping.txt is not there", "clip 1451", "vid1451.avi"] {
      #expect(problem.message.contains(part), "\(problem.message)")
    }
    #expect(
      try VideoQAFiles.media("msvd-qa/test", under: scratch.path).map(\.path) == [
        "vid1451.avi", "vid1970.avi",
      ])

    try scratch.write(
      "MSVD-QA/youtube_mapping.txt", "-4wsuPCjDBc_5_15 vid1970\r\n\n_a-_1_2 vid1451")
    let mapped = try VideoQAFiles.set("msvd-qa/test", under: scratch.path)
    #expect(mapped.problems.isEmpty)
    // The mapping names clips and changes no score: the signature does not know it.
    #expect(mapped.signature == bare.signature)
    #expect(
      try VideoQAFiles.media("msvd-qa/test", under: scratch.path).map(\.path)
        == ["YouTubeClips/_a-_1_2.avi", "YouTubeClips/-4wsuPCjDBc_5_15.avi"])
    #expect(try VideoQAFiles.media("msvd-qa/test", under: scratch.path).map(\.id) == [1451, 1970])

    let list = try TemporaryFolder()
    try list.write(
      "txt/test.jsonl", #"{"question": "who?", "answer": "man", "video_id": "jfrrO5K_vKM_55_65"}"#)
    #expect(
      try VideoQAFiles.set("msvd-qa/test", under: list.path).problems.map(\.code) == [
        "made_ids"
      ])
    #expect(
      try VideoQAFiles.media("msvd-qa/test", under: list.path).map(\.path)
        == ["YouTubeClips/jfrrO5K_vKM_55_65.avi"])
  }

  /// Both data sets call their files alike.
  @Test func filesOfTheOtherDataSetOrSplit() throws {
    let scratch = try TemporaryFolder()
    let cases = [
      (
        "msrvtt-qa/test", "test_qa.json", VideoQAFiles.msvd,
        "record 0: clip 1451 is of another split"
      ),
      (
        "msvd-qa/test", "test_qa.json", VideoQAFiles.msrvtt,
        "record 0: clip 7010 is of another split"
      ),
      ("msrvtt-qa/val", "val_qa.json", VideoQAFiles.msrvtt, "of MSRVTT-QA has clips 6513 to 7009"),
      ("msvd-qa/val", "val_qa.json", VideoQAFiles.msvd, "of MSVD-QA has clips 1201 to 1450"),
    ]
    for (name, file, content, says) in cases {
      let path = try scratch.write(file, content)
      let error = #expect(throws: DatasetError.self) {
        try VideoQAFiles.set(name, under: scratch.path)
      }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("\(path):1:2: ") && text.contains(says), "\(text)")
      #expect(text.contains("point --data at the folder of MS"), "\(text)")
      // Files that are named are taken whole.
      #expect(try MSRVTTQA.references(in: [path], label: "x").count == 3)
    }
    // Names of clips tell the split where they say their number.
    try scratch.write("val_qa.json", "")
    let lists = try TemporaryFolder()
    try lists.write("txt/val.jsonl", VideoQAFiles.list)
    #expect(throws: DatasetError.self) { try VideoQAFiles.set("msrvtt-qa/val", under: lists.path) }
  }

  @Test func nothingThere() throws {
    let scratch = try TemporaryFolder()
    for (name, title) in [("msrvtt-qa/test", "MSRVTT-QA"), ("msvd-qa/test", "MSVD-QA")] {
      for read in [
        { _ = try VideoQAFiles.set(name, under: scratch.path) } as () throws -> Void,
        { _ = try VideoQAFiles.media(name, under: scratch.path) },
      ] {
        let error = #expect(throws: DatasetError.self) { try read() }
        guard case .missingFiles? = error else {
          Issue.record("\(error?.description ?? "")")
          continue
        }
        #expect(error?.description.contains("test_qa.json or txt/test.jsonl") == true)
        #expect(error?.description.contains("\(title).zip") == true)
        #expect(error?.description.contains(scratch.path) == true)
      }
    }
  }

  @Test func candidates() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("msrvtt_qa/test_qa.json", VideoQAFiles.msrvtt)
    let card = try BenchmarkRegistry.card(named: "msrvtt-qa")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    let split = try #require(card.split(named: "test"))
    #expect(try MSRVTTQA.candidates(under: folder, split: split) == nil)
    let before = try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)

    // The keys in the order of the file, whatever their numbers.
    let path = try scratch.write(
      "msrvtt_qa/txt/train_ans2label.json", #"{"two": 7, "cafe\u0301": 1, "café": 0, "10": 3}"#)
    let list = try #require(try MSRVTTQA.candidates(under: folder, split: split))
    #expect(
      list.answers.map { Array($0.utf8) }
        == ["two", "cafe\u{301}", "café", "10"].map { Array($0.utf8) })
    #expect(list.contains("two") && list.contains("café") && !list.contains("Two"))
    #expect(list.file.path == path)
    let after = try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)
    let problem = try #require(after.problems.first)
    #expect(problem.code == "answers_not_candidates")
    #expect(problem.count == 1)
    #expect(problem.examples == ["170859"])
    #expect(problem.message.contains("1 of 3 right answers are not among the 4 candidates"))
    #expect(problem.message.contains("an accuracy of 66.67 %"))
    // No score depends on it.
    #expect(after.signature == before.signature)
    #expect(after.files.map(\.path) == before.files.map(\.path))
    try scratch.write("msrvtt_qa/txt/train_ans2label.json", #"{"two": 7, "couch": 1}"#)
    #expect(try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path).problems.isEmpty)
  }

  @Test func questionsThatAreNotThePublishedOnes() throws {
    let scratch = try TemporaryFolder()
    func write(_ count: (String) -> Int) throws {
      var records: [String] = []
      for word in ["what", "who", "how", "when", "where"] {
        for _ in 0..<count(word) {
          records.append(
            "{\"answer\":\"a\",\"id\":\(records.count),\"question\":\"\(word) x\","
              + "\"video_id\":1500}")
        }
      }
      try scratch.write("test_qa.json", "[\(records.joined(separator: ","))]")
      try scratch.write("youtube_mapping.txt", "a_1_2 vid1500")
    }
    let official = ["what": 8149, "who": 4552, "how": 370, "when": 58, "where": 28]
    #expect(
      try BenchmarkRegistry.card(named: "msvd-qa").split(named: "test")?.words == official)
    try write { official[$0] ?? 0 }
    #expect(try VideoQAFiles.set("msvd-qa/test", under: scratch.path).problems.isEmpty)
    try write { (official[$0] ?? 0) + ($0 == "what" ? 1 : $0 == "who" ? -1 : 0) }
    let problems = try VideoQAFiles.set("msvd-qa/test", under: scratch.path).problems
    #expect(problems.map(\.code) == ["question_words"])
    #expect(
      problems.first?.message.contains(
        "begin with what 8150, who 4551, how 370, when 58, where 28; officially with what 8149")
        == true, "\(problems.first?.message ?? "")")
    // A file of another size is told by its count.
    try write { $0 == "what" ? 5 : 0 }
    #expect(try VideoQAFiles.set("msvd-qa/test", under: scratch.path).problems.isEmpty)
  }

  @Test func severalFiles() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.write("a.json", VideoQAFiles.msrvtt)
    let second = try scratch.write("b.json", VideoQAFiles.msvd)
    let both = try MSRVTTQA.references(in: [first, second], label: "x")
    #expect(both.ids == [170_859, 170_860, 170_861, 37_348, 37_349, 37_350])
    #expect(both.files.map(\.path) == [first, second])
    let twice = #expect(throws: DatasetError.self) {
      try MSRVTTQA.references(in: [first, first], label: "x")
    }
    #expect(twice?.description.contains("question 170859 in several") == true)
    let list = try scratch.write("c.jsonl", VideoQAFiles.list)
    for paths in [[first, list], [list, first], [list, list]] {
      let error = #expect(throws: DatasetError.self) {
        try MSRVTTQA.references(in: paths, label: "x")
      }
      #expect(error?.description.contains("of which \(list) has none") == true)
    }
  }

  @Test func officialCounts() throws {
    let msrvtt = try BenchmarkRegistry.card(named: "msrvtt-qa")
    #expect(msrvtt.splitNames == ["test", "val"])
    #expect(msrvtt.splits.map(\.samples) == [72_821, 12_278])
    #expect(msrvtt.splits.map(\.images) == [2990, 497])
    let msvd = try BenchmarkRegistry.card(named: "msvd-qa")
    #expect(msvd.splits.map(\.samples) == [13_157, 6415])
    #expect(msvd.splits.map(\.images) == [504, 245])
    for card in [msrvtt, msvd] {
      #expect(card.splits.allSatisfy { $0.clipNumbers != nil })
      let words = card.split(named: "test")?.words ?? [:]
      #expect(words.values.reduce(0, +) == card.split(named: "test")?.samples)
    }
  }
}
