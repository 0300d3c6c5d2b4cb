import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Files of MSRVTT-QA and MSVD-QA that are damaged, or something else.
@Suite struct VideoQABadFilesTests {
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
    try scratch.write("test_qa.json", VideoQAFiles.msvd)
    let path = try scratch.write("youtube_mapping.txt", content)
    for read in [
      { _ = try VideoQAFiles.set("msvd-qa/test", under: scratch.path) } as () throws -> Void,
      { _ = try VideoQAFiles.media("msvd-qa/test", under: scratch.path) },
    ] {
      let error = #expect(throws: DatasetError.self) { try read() }
      #expect(error?.description.hasPrefix(path + says) == true, "\(error?.description ?? "")")
    }
  }

  @Test func aMappingThatIsCutShort() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("test_qa.json", VideoQAFiles.msvd)
    try scratch.write("youtube_mapping.txt", "a_1_2 vid1451\n")
    #expect(try VideoQAFiles.set("msvd-qa/test", under: scratch.path).count == 3)
    let error = #expect(throws: DatasetError.self) {
      try VideoQAFiles.media("msvd-qa/test", under: scratch.path)
    }
    #expect(error?.description.contains("vid1970") == true)
    #expect(error?.description.contains("1,970 lines") == true)
    try scratch.write("youtube_mapping.txt", Data([0x61, 0xFF, 0x20, 0x76, 0x69, 0x64, 0x31]))
    #expect(throws: DatasetError.self) { try VideoQAFiles.set("msvd-qa/test", under: scratch.path) }
  }

  @Test(arguments: [
    (#"{"a": 1, "b": 2, "a": 3}"#, ":1:23: record 2: the answer \"a\" stands twice"),
    (#"{"a": "1"}"#, ":1:7: expected an integer"), (#"["a"]"#, ":1:1: expected an object"),
    (#"{"a": 1"#, ":1:8: "), ("{}", ": holds no candidate answer"), ("", ":1:1: "),
    (#"{"a": 1} {}"#, ":1:10: "),
  ])
  func badCandidates(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("test_qa.json", VideoQAFiles.msrvtt)
    let path = try scratch.write("train_ans2label.json", content)
    let error = #expect(throws: (any Error).self) {
      try VideoQAFiles.set("msrvtt-qa/test", under: scratch.path)
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix(path + says), "\(text)")
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
    for length in 0..<VideoQAFiles.msrvtt.utf8.count {
      let path = try scratch.write("cut.json", String(VideoQAFiles.msrvtt.prefix(length)))
      #expect(throws: (any Error).self) { try MSRVTTQA.references(in: [path], label: "x") }
    }
  }
}
