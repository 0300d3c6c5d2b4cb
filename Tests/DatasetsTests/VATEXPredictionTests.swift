import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Prediction files and the submission of VATEX.
@Suite struct VATEXPredictionTests {
  /// Every form gives the same captions.
  @Test(arguments: [
    #"{"-a_1": "x .", "_b_2": "", "c_3": "é"}"#,
    #"[{"videoID": "-a_1", "caption": "x ."}, {"caption": "", "videoID": "_b_2"},"#
      + #" {"n": {"a": [1]}, "videoID": "c_3", "caption": "é", "score": 0.5}]"#,
    #"{"videoID": "-a_1", "caption": "x ."}"# + "\n" + #"{"videoID": "_b_2", "caption": ""}"#
      + "\r\n" + #"{"videoID": "c_3", "caption": "é"}"#,
    #"[{"-a_1": "x ."}, {"_b_2": ""}, {"c_3": "é"}]"#,
    #"{"-a_1": "x ."}"# + "\n" + #"{"_b_2": ""}"# + "\n\n" + #"{"c_3": "é"}"#,
    #"[{"-a_1": "x .", "_b_2": "", "c_3": "é"}]"#,
    #"[{"vid": "-a_1", "pred_caption": "x .", "gold_captoin": ["r"]},"#
      + #" {"vid": "_b_2", "pred_caption": ""}, {"vid": "c_3", "pred_caption": "é"}]"#,
  ])
  func formsOfPredictions(_ content: String) throws {
    let scratch = try TemporaryFolder()
    let read = try VATEX.predictions(at: try scratch.write("p.json", content))
    #expect(read.ids == ["-a_1", "_b_2", "c_3"])
    #expect(read.texts == ["x .", "", "é"])
    #expect(read.file.role == "predictions")
  }

  @Test(arguments: [
    ("", ": holds no caption"), ("{}", ": holds no caption"), ("[]", ": holds no caption"),
    ("[{}]", ": holds no caption"),
    (#"{"a": "x""#, ":1:10: "), (#"{"a": "x"#, ":1:9: "), (#"{"a" "x"}"#, ":1:6: "),
    (
      #"{"a": "x", "b": 7}"#, ":1:17: record 1: the caption of b must be a string, found the number"
    ),
    (#"{"a": null}"#, ":1:7: record 0: the caption of a must be a string, found null"),
    (
      #"{"a": [{"caption": "x"}]}"#,
      ":1:7: record 0: the caption of a must be a string, found an array"
    ),
    (#"{"a": "x", "b": "y", "a": "x"}"#, ":1: videoID a occurs twice, in records 0 and 2"),
    (#"[{"a": "x"}, {"a": "y"}]"#, ":1: videoID a occurs twice, in records 0 and 1"),
    (
      "{\"videoID\": \"a\", \"caption\": \"x\"}\n{\"videoID\": \"a\", \"caption\": \"x\"}",
      ":2: videoID a occurs twice, in records 0 and 1"
    ),
    (#"{"a": "x", "b": "y"} {"c": "z"}"#, ":1:22: "),
    (
      "{\"a\": \"x\", \"b\": \"y\"}\n{\"c\": \"z\"}",
      ":2:1: record 1: a second object follows one with"
    ),
    (#"[{"a": "x"}, {"b": "y", "c": "z"}]"#, ":1:14: record 1: expected one caption, found b, c"),
    (#"[{"a": "x"}, {}]"#, ":1:14: record 1: expected one caption, found nothing"),
    (
      #"[{"image_id": "a", "caption": "x"}]"#,
      ":1:2: record 0: \"videoID\" is missing (it has image_id, caption); write [{\"videoID\": "
    ),
    (
      #"[{"video_id": "a", "caption": "x"}]"#,
      ":1:2: record 0: \"videoID\" is missing (it has video_"
    ),
    (
      #"[{"video_id": "a", "text": "x"}, {"video_id": "b", "text": "y"}]"#,
      ":1:34: record 1: a second object follows one with many captions; write [{\"videoID\": "
    ),
    (#"[{"videoID": "a"}]"#, ":1:2: record 0: \"caption\" is missing (it has videoID)"),
    (
      #"[{"videoID": "a", "caption": ["x"]}]"#,
      ":1:30: record 0: \"caption\" must be a string, found an array"
    ),
    (
      #"[{"videoID": 7, "caption": "x"}]"#,
      ":1:14: record 0: \"videoID\" must be a string, found the"
    ),
    (
      #"[{"videoID": "a", "caption": "x", "caption": "y"}]"#,
      ":1:50: record 0: \"caption\" stands twice"
    ),
    (#"[{"videoID": "a", "caption": "x"}, {"b": "y"}]"#, ":1:36: record 1: \"videoID\" is missing"),
    (
      #"[{"videoID": "a", "enCap": ["x"]}]"#,
      ": expected predictions, found an annotation file of VATEX"
    ),
    ("[\"x\"]", ":1:2: record 0: expected an object, found a string"),
    ("<html>", ":1:1: this is a web page"),
  ])
  func badPredictions(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("p.json", content)
    let error = #expect(throws: (any Error).self) { try VATEX.predictions(at: path) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix(path + says), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func submissionReadsBack() throws {
    let scratch = try TemporaryFolder()
    let submission = try #require(VATEX.submission)
    let ids: [SampleID] = ["-a_000001_000011", "_\"b\"", "c\u{301}"]
    let texts = ["a \"dog\"\n", "", "é \u{1F600}"]
    let path = scratch("submission.json")
    try submission.write(ids: ids, predictions: texts.map { .text($0) }, to: path)
    let read = try VATEX.predictions(at: path)
    #expect(read.ids == ids)
    #expect(read.texts.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    #expect(try JSONFile.read(path).object?.members.count == 3)
    try submission.write(ids: ["x"], predictions: [.text("y")], to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "{\"x\":\"y\"}\n")
    #expect(submission.fileExtension == "json")
  }

  @Test func everyCutOfAFile() throws {
    let scratch = try TemporaryFolder()
    let predictions = #"{"-a_1": "x\u00e9 .", "_b_2": "", "c_3": "é"}"#
    for length in 0..<predictions.unicodeScalars.count {
      let path = try scratch.write(
        "cut.json", String(String.UnicodeScalarView(predictions.unicodeScalars.prefix(length))))
      #expect(throws: (any Error).self) { try VATEX.predictions(at: path) }
    }
  }
}
