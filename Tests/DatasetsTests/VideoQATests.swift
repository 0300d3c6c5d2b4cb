import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// The question files of MSRVTT-QA and MSVD-QA in each form that users have.
@Suite struct VideoQATests {
  private func request(_ name: String, under folder: String) throws -> ReferenceRequest {
    let (card, split) = try BenchmarkName(name).resolve()
    return ReferenceRequest(
      card: card, split: split, source: .data(DataFolder(path: folder, folders: card.folders)))
  }

  private func set(_ name: String, under folder: String) throws -> ReferenceSet {
    let request = try request(name, under: folder)
    return try DatasetRegistry.dataset(for: request.card).references(for: request)
  }

  private func answers(_ set: ReferenceSet) throws -> ExactAnswerReferences {
    guard case .exactAnswers(let answers) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return answers
  }

  private func media(_ name: String, under folder: String) throws -> [MediaReference] {
    let (card, split) = try BenchmarkName(name).resolve()
    return try DatasetRegistry.dataset(for: card).media(
      under: DataFolder(path: folder, folders: card.folders), split: try #require(split))
  }

  private static let msrvtt =
    #"[{"answer": "couch", "category_id": 14, "id": 170859, "question": "what is  it ?","#
    + #" "video_id": 7010}, {"answer": "two", "category_id": 1, "id": 170860, "question": "how","#
    + #" "video_id": 9999}, {"answer": "two", "category_id": 1, "id": 170861, "question": "who","#
    + #" "video_id": 7010}]"#
  private static let msvd =
    #"[{"answer": "someone", "id": 37348, "question": "who?", "video_id": 1451},"#
    + #" {"answer": "dog", "id": 37349, "question": "what?", "video_id": 1970},"#
    + #" {"answer": "cat", "id": 37350, "question": "what?", "video_id": 1451}]"#
  private static let list =
    #"{"question": "what?", "answer": "dog", "video_id": "video7010", "answer_type": "what"}"#
    + "\n"
    + #"{"question": "who?", "answer": "man", "video_id": "video7011"}"# + "\n"

  @Test func officialFiles() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("MSRVTT-QA/test_qa.json", Self.msrvtt)
    let set = try set("msrvtt-qa/test", under: scratch.path)
    let read = try answers(set)
    #expect(read.ids == [170_859, 170_860, 170_861])
    #expect(read.videos == [7010, 9999, 7010])
    #expect(read.questions == ["what is  it ?", "how", "who"])
    #expect(read.answers == ["couch", "two", "two"])
    #expect(!read.isNumberedByLine)
    #expect(set.label == "msrvtt-qa-test")
    #expect(set.files.map(\.role) == ["annotations"])
    #expect(set.problems.isEmpty)
    #expect(
      try media("msrvtt-qa/test", under: scratch.path).map(\.path)
        == ["video7010.mp4", "video9999.mp4"])
    #expect(try media("msrvtt-qa/test", under: scratch.path).allSatisfy { $0.kind == .video })
  }

  @Test func listsOfTheReferenceProject() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/msrvtt_qa/txt/test.jsonl", Self.list)
    let set = try set("msrvtt-qa/test", under: scratch.path)
    let read = try answers(set)
    #expect(read.ids == [0, 1])
    #expect(read.videos == ["video7010", "video7011"])
    #expect(read.isNumberedByLine)
    #expect(set.problems.map(\.code) == ["line_number_ids"])
    #expect(
      try media("msrvtt-qa/test", under: scratch.path).map(\.path)
        == ["video7010.mp4", "video7011.mp4"])
    // The same lines as a list; blank lines count for nothing.
    let asList = "[" + Self.list.split(separator: "\n").joined(separator: ",") + "]"
    for content in [asList, "\n" + Self.list.replacing("\n", with: "\n\n")] {
      let path = try scratch.write("same.json", content)
      #expect(try answers(MSRVTTQA.references(in: [path], label: "x")).ids == [0, 1])
    }
    // The official file comes first.
    try scratch.write("data/msrvtt_qa/test_qa.json", Self.msrvtt)
    #expect(try answers(self.set("msrvtt-qa/test", under: scratch.path)).ids.first == 170_859)
    // A clip with another kind of name can be scored, but not found.
    let odd = try TemporaryFolder()
    try odd.write(
      "test.jsonl", #"{"question": "what?", "answer": "dog", "video_id": "clip7010"}"#)
    #expect(try self.set("msrvtt-qa/test", under: odd.path).count == 1)
    let error = #expect(throws: DatasetError.self) {
      try media("msrvtt-qa/test", under: odd.path)
    }
    #expect(error?.description.contains("clip7010") == true)
  }

  @Test func msvdClipNames() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("MSVD-QA/test_qa.json", Self.msvd)
    let bare = try set("msvd-qa/test", under: scratch.path)
    #expect(bare.problems.map(\.code) == ["clips_not_mapped"])
    let problem = try #require(bare.problems.first)
    #expect(problem.count == 2)
    for part in ["youtube_mapping.txt is not there", "clip 1451", "vid1451.avi"] {
      #expect(problem.message.contains(part), "\(problem.message)")
    }
    #expect(
      try media("msvd-qa/test", under: scratch.path).map(\.path) == ["vid1451.avi", "vid1970.avi"])

    try scratch.write(
      "MSVD-QA/youtube_mapping.txt", "-4wsuPCjDBc_5_15 vid1970\r\n\n_a-_1_2 vid1451")
    let mapped = try set("msvd-qa/test", under: scratch.path)
    #expect(mapped.problems.isEmpty)
    // The mapping names clips and changes no score: the signature does not know it.
    #expect(mapped.signature == bare.signature)
    #expect(
      try media("msvd-qa/test", under: scratch.path).map(\.path)
        == ["YouTubeClips/_a-_1_2.avi", "YouTubeClips/-4wsuPCjDBc_5_15.avi"])
    #expect(try media("msvd-qa/test", under: scratch.path).map(\.id) == [1451, 1970])

    let list = try TemporaryFolder()
    try list.write(
      "txt/test.jsonl", #"{"question": "who?", "answer": "man", "video_id": "jfrrO5K_vKM_55_65"}"#)
    #expect(try set("msvd-qa/test", under: list.path).problems.map(\.code) == ["line_number_ids"])
    #expect(
      try media("msvd-qa/test", under: list.path).map(\.path)
        == ["YouTubeClips/jfrrO5K_vKM_55_65.avi"])
  }

  @Test(arguments: [
    ("-4wsuPCjDBc_5_15", ":1:1: expected a clip's name and its number"),
    ("a_1_2 vid1\nb_1_2 1452", ":2:1: expected a clip's name and its number"),
    ("a_1_2 vid1 x", ":1:1: expected a clip's name and its number"),
    ("../a_1_2 vid1", ":1:1: expected a clip's name and its number"),
    ("a_1_2 vid1\nb_1_2 vid1", ":2:1: vid1 stands twice"),
    ("a_1_2 vid1\na_1_2 vid2", ":2:1: the clip a_1_2 stands twice"),
    ("a_1_2 vid99999999999999999999", ":1:1: expected a clip's name and its number"),
    (" \n", ": holds no clip"), ("", ": holds no clip"),
  ])
  func badMapping(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("test_qa.json", Self.msvd)
    let path = try scratch.write("youtube_mapping.txt", content)
    for read in [
      { _ = try set("msvd-qa/test", under: scratch.path) } as () throws -> Void,
      { _ = try media("msvd-qa/test", under: scratch.path) },
    ] {
      let error = #expect(throws: DatasetError.self) { try read() }
      #expect(error?.description.hasPrefix(path + says) == true, "\(error?.description ?? "")")
    }
  }

  @Test func aMappingThatIsCutShort() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("test_qa.json", Self.msvd)
    try scratch.write("youtube_mapping.txt", "a_1_2 vid1451\n")
    #expect(try set("msvd-qa/test", under: scratch.path).count == 3)
    let error = #expect(throws: DatasetError.self) {
      try media("msvd-qa/test", under: scratch.path)
    }
    #expect(error?.description.contains("vid1970") == true)
    #expect(error?.description.contains("1,970 lines") == true)
    try scratch.write("youtube_mapping.txt", Data([0x61, 0xFF, 0x20, 0x76, 0x69, 0x64, 0x31]))
    #expect(throws: DatasetError.self) { try set("msvd-qa/test", under: scratch.path) }
  }

  /// Both data sets call their files alike.
  @Test func filesOfTheOtherDataSetOrSplit() throws {
    let scratch = try TemporaryFolder()
    let cases = [
      ("msrvtt-qa/test", "test_qa.json", Self.msvd, "record 0: clip 1451 is of another split"),
      ("msvd-qa/test", "test_qa.json", Self.msrvtt, "record 0: clip 7010 is of another split"),
      ("msrvtt-qa/val", "val_qa.json", Self.msrvtt, "of MSRVTT-QA has clips 6513 to 7009"),
      ("msvd-qa/val", "val_qa.json", Self.msvd, "of MSVD-QA has clips 1201 to 1450"),
    ]
    for (name, file, content, says) in cases {
      let path = try scratch.write(file, content)
      let error = #expect(throws: DatasetError.self) { try set(name, under: scratch.path) }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("\(path):1:2: ") && text.contains(says), "\(text)")
      #expect(text.contains("point --data at the folder of MS"), "\(text)")
      // Files that are named are taken whole.
      #expect(try MSRVTTQA.references(in: [path], label: "x").count == 3)
    }
    // Names of clips tell the split where they say their number.
    try scratch.write("val_qa.json", "")
    let lists = try TemporaryFolder()
    try lists.write("txt/val.jsonl", Self.list)
    #expect(throws: DatasetError.self) { try set("msrvtt-qa/val", under: lists.path) }
  }

  @Test func nothingThere() throws {
    let scratch = try TemporaryFolder()
    for (name, title) in [("msrvtt-qa/test", "MSRVTT-QA"), ("msvd-qa/test", "MSVD-QA")] {
      for read in [
        { _ = try set(name, under: scratch.path) } as () throws -> Void,
        { _ = try media(name, under: scratch.path) },
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
    try scratch.write("msrvtt_qa/test_qa.json", Self.msrvtt)
    let card = try BenchmarkRegistry.card(named: "msrvtt-qa")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    let split = try #require(card.split(named: "test"))
    #expect(try MSRVTTQA.candidates(under: folder, split: split) == nil)
    let before = try set("msrvtt-qa/test", under: scratch.path)

    // The keys in the order of the file, whatever their numbers.
    let path = try scratch.write(
      "msrvtt_qa/txt/train_ans2label.json", #"{"two": 7, "cafe\u0301": 1, "café": 0, "10": 3}"#)
    let list = try #require(try MSRVTTQA.candidates(under: folder, split: split))
    #expect(
      list.answers.map { Array($0.utf8) }
        == ["two", "cafe\u{301}", "café", "10"].map { Array($0.utf8) })
    #expect(list.contains("two") && list.contains("café") && !list.contains("Two"))
    #expect(list.file.path == path)
    let after = try set("msrvtt-qa/test", under: scratch.path)
    let problem = try #require(after.problems.first)
    #expect(problem.code == "answers_not_candidates")
    #expect(problem.count == 1)
    #expect(problem.examples == ["170859"])
    #expect(problem.message.contains("1 of 3 right answers are not among the 4 candidates"))
    #expect(problem.message.contains("\(2.0 / 3)"))
    // No score depends on it.
    #expect(after.signature == before.signature)
    #expect(after.files.map(\.path) == before.files.map(\.path))
    try scratch.write("msrvtt_qa/txt/train_ans2label.json", #"{"two": 7, "couch": 1}"#)
    #expect(try set("msrvtt-qa/test", under: scratch.path).problems.isEmpty)
  }

  @Test(arguments: [
    (#"{"a": 1, "b": 2, "a": 3}"#, ":1:23: record 2: the answer \"a\" stands twice"),
    (#"{"a": "1"}"#, ":1:7: expected an integer"), (#"["a"]"#, ":1:1: expected an object"),
    (#"{"a": 1"#, ":1:8: "), ("{}", ": holds no candidate answer"), ("", ":1:1: "),
    (#"{"a": 1} {}"#, ":1:10: "),
  ])
  func badCandidates(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("test_qa.json", Self.msrvtt)
    let path = try scratch.write("train_ans2label.json", content)
    let error = #expect(throws: (any Error).self) { try set("msrvtt-qa/test", under: scratch.path) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix(path + says), "\(text)")
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
    #expect(try set("msvd-qa/test", under: scratch.path).problems.isEmpty)
    try write { (official[$0] ?? 0) + ($0 == "what" ? 1 : $0 == "who" ? -1 : 0) }
    let problems = try set("msvd-qa/test", under: scratch.path).problems
    #expect(problems.map(\.code) == ["question_words"])
    #expect(
      problems.first?.message.contains(
        "begin with what 8150, who 4551, how 370, when 58, where 28; officially with what 8149")
        == true, "\(problems.first?.message ?? "")")
    // A file of another size is told by its count.
    try write { $0 == "what" ? 5 : 0 }
    #expect(try set("msvd-qa/test", under: scratch.path).problems.isEmpty)
  }

  @Test func severalFiles() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.write("a.json", Self.msrvtt)
    let second = try scratch.write("b.json", Self.msvd)
    let both = try MSRVTTQA.references(in: [first, second], label: "x")
    #expect(both.ids == [170_859, 170_860, 170_861, 37_348, 37_349, 37_350])
    #expect(both.files.map(\.path) == [first, second])
    let twice = #expect(throws: DatasetError.self) {
      try MSRVTTQA.references(in: [first, first], label: "x")
    }
    #expect(twice?.description.contains("question 170859 in several") == true)
    let list = try scratch.write("c.jsonl", Self.list)
    for paths in [[first, list], [list, first], [list, list]] {
      let error = #expect(throws: DatasetError.self) {
        try MSRVTTQA.references(in: paths, label: "x")
      }
      #expect(error?.description.contains("of which \(list) has none") == true)
    }
  }

  @Test(arguments: [
    ("", ": holds no question"), ("[]", ": holds no question"),
    (#"[{"id": 1, "video_id": 2, "question": "q", "answer": "a"}"#, ":1:58: "),
    (#"[{"id": 1, "video_id": 2, "question": "q", "ans"#, ":1:48: "),
    (#"[7]"#, ":1:2: record 0: expected an object, found the number 7"),
    (#"[{"id": 1, "question": "q", "answer": "a"}]"#, ":1:2: record 0: \"video_id\" is missing"),
    (#"[{"id": 1, "video_id": 2, "question": "q"}]"#, ":1:2: record 0: \"answer\" is missing"),
    (
      #"[{"id": 1, "video_id": 2, "answer": "a", "x": 1}]"#,
      ":1:2: record 0: \"question\" is missing (it has x)"
    ),
    (
      #"[{"id": 1, "video_id": 2, "question": "q", "answer": ["a"]}]"#,
      ":1:54: record 0: \"answer\" must be a string, found an array"
    ),
    (
      #"[{"id": 1, "video_id": 2, "question": null, "answer": "a"}]"#,
      ":1:39: record 0: \"question\" must be a string, found null"
    ),
    (
      #"[{"id": "1", "video_id": 2, "question": "q", "answer": "a"}]"#,
      ":1:9: expected an integer"
    ),
    (
      #"[{"id": 1, "video_id": 2.5, "question": "q", "answer": "a"}]"#,
      ":1:24: expected an integer"
    ),
    (
      #"[{"id": 1, "id": 1, "video_id": 2, "question": "q", "answer": "a"}]"#,
      ":1:18: record 0: \"id\" stands twice"
    ),
    (
      #"[{"id": 1, "video_id": 2, "question": "q", "answer": "a", "answer": "a"}]"#,
      ":1:69: record 0: \"answer\" stands twice"
    ),
    (
      #"[{"id": 1, "video_id": 2, "question": "q", "answer": "a"},"#
        + #" {"id": 1, "video_id": 2, "question": "q", "answer": "a"}]"#,
      ":1: id 1 occurs twice, in records 0 and 1"
    ),
    (
      #"[{"id": 1, "video_id": 2, "question": "q", "answer": "a"},"#
        + #" {"video_id": 2, "question": "q", "answer": "a"}]"#,
      ":1:60: record 1: \"id\" is missing"
    ),
    (
      #"[{"video_id": 2, "question": "q", "answer": "a"},"#
        + #" {"id": 1, "video_id": 2, "question": "q", "answer": "a"}]"#,
      ":1:51: record 1: \"id\" is there, and earlier records have none"
    ),
    (
      #"{"questions": [], "info": 1}"#,
      ":1:1: record 0: \"question\" is missing (it has questions, "
    ),
    ("<html>", ":1:1: this is a web page"),
    (
      "version https://git-lfs.github.com/spec/v1\nsize 8000000\n",
      ":1:1: this is a Git LFS pointer"
    ),
  ])
  func badQuestionFile(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("test_qa.json", content)
    for dataset in [MSRVTTQA.self, MSVDQA.self] as [any Dataset.Type] {
      let error = #expect(throws: (any Error).self) {
        try dataset.references(in: [path], label: "x")
      }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.hasPrefix(path + says), "\(text)")
    }
  }

  @Test func everyCutOfAFile() throws {
    let scratch = try TemporaryFolder()
    for length in 0..<Self.msrvtt.utf8.count {
      let path = try scratch.write("cut.json", String(Self.msrvtt.prefix(length)))
      #expect(throws: (any Error).self) { try MSRVTTQA.references(in: [path], label: "x") }
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

/// Slices of the real files.
@Suite(.enabled(if: Golden.folder != nil)) struct VideoQASliceTests {
  private func request(_ name: String, in place: String = "") throws -> ReferenceRequest {
    let (card, split) = try BenchmarkName(name).resolve()
    let path = try #require(Golden.folder).appendingPathComponent("datasets\(place)").path
    return ReferenceRequest(
      card: card, split: split, source: .data(DataFolder(path: path, folders: card.folders)))
  }

  @Test(arguments: [
    ("msrvtt-qa/test", 253, 170_859, 7010, 10, ["what": 183, "who": 58, "how": 10, "when": 2]),
    ("msrvtt-qa/val", 97, 158_581, 6513, 4, ["what": 64, "who": 29, "how": 2, "where": 2]),
    (
      "msvd-qa/test", 318, 37_348, 1451, 12,
      ["what": 179, "who": 123, "how": 14, "when": 1, "where": 1]
    ),
    (
      "msvd-qa/val", 103, 30_933, 1201, 3,
      ["what": 62, "who": 29, "how": 1, "when": 10, "where": 1]
    ),
  ])
  func officialSlices(
    _ name: String, _ count: Int, _ firstID: Int, _ firstClip: Int, _ clips: Int,
    _ words: [String: Int]
  ) throws {
    // Both data sets lie under one folder, with files of the same names.
    let request = try request(name)
    let dataset = try DatasetRegistry.dataset(for: request.card)
    let set = try dataset.references(for: request)
    guard case .exactAnswers(let answers) = set.content else {
      Issue.record("no answers")
      return
    }
    #expect(answers.ids.count == count)
    #expect(answers.ids.first == .int(firstID))
    #expect(answers.videos.first == .int(firstClip))
    #expect(Set(answers.videos).count == clips)
    var found: [String: Int] = [:]
    for question in answers.questions {
      found[String(question.prefix { $0 != " " }), default: 0] += 1
    }
    #expect(found == words)
    let folder = DataFolder(path: try folderPath(request), folders: request.card.folders)
    let media = try dataset.media(under: folder, split: try #require(request.split))
    #expect(media.count == clips)
    #expect(media.allSatisfy { $0.path.hasSuffix(name.hasPrefix("msvd") ? ".avi" : ".mp4") })
  }

  private func folderPath(_ request: ReferenceRequest) throws -> String {
    guard case .data(let folder) = request.source else { throw CocoaError(.fileNoSuchFile) }
    return folder.path
  }

  @Test func listsNameTheSameQuestions() throws {
    for (name, place) in [("msrvtt-qa/test", "msrvtt_qa"), ("msvd-qa/test", "msvd_qa")] {
      let official = try request(name)
      let list = try request(name, in: "/\(place)/reference_lists")
      let dataset = try DatasetRegistry.dataset(for: official.card)
      guard case .exactAnswers(let first) = try dataset.references(for: official).content,
        case .exactAnswers(let second) = try dataset.references(for: list).content
      else {
        Issue.record("no answers")
        return
      }
      #expect(second.isNumberedByLine)
      #expect(second.ids == (0..<first.ids.count).map { .int($0) })
      #expect(second.questions == first.questions)
      #expect(second.answers == first.answers)
      // The clips under their names are those of the numbers.
      let split = try #require(official.split)
      let byNumber = try dataset.media(
        under: DataFolder(path: try folderPath(official), folders: official.card.folders),
        split: split)
      let byName = try dataset.media(
        under: DataFolder(path: try folderPath(list), folders: list.card.folders), split: split)
      #expect(byNumber.map(\.path) == byName.map(\.path))
    }
  }

  @Test func candidatesOfTheSlice() throws {
    let set = try MSVDQA.references(for: try request("msvd-qa/test"))
    let problem = try #require(set.problems.first { $0.code == "answers_not_candidates" })
    #expect(problem.count == 42)
    #expect(problem.message.contains("42 of 318 right answers are not among the 1000 candidates"))
    #expect(try MSRVTTQA.references(for: try request("msrvtt-qa/test")).problems.isEmpty)
  }
}
