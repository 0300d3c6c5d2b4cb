import Datasets
import Metrics
import Records
import TestSupport
import Testing

@Suite struct BoxPredictionTests {
  private func read(_ text: String) throws -> BoxPredictionFile {
    let scratch = try TemporaryFolder()
    return try BoxPredictionFile(at: scratch.write("boxes.json", text))
  }

  @Test func listsAndLines() throws {
    for text in [
      #"[{"sent_id": 3, "bbox": [1, 2.5, 30, 4e1]}, {"bbox": [-5, 0, 0, 7], "x": {}, "sent_id": 1}]"#,
      "{\"sent_id\": 3, \"bbox\": [1, 2.5, 30, 40]}\n{\"sent_id\": 1, \"bbox\": [-5, 0, 0, 7]}\n",
    ] {
      let file = try read(text)
      #expect(file.ids == [3, 1] && file.idKind == .sentence)
      #expect(file.boxes[0] == PixelBox(x: 1, y: 2.5, width: 30, height: 40))
      #expect(file.boxes[1] == PixelBox(x: -5, y: 0, width: 0, height: 7))
    }
  }

  @Test func objectsInPlaceOfExpressions() throws {
    let file = try read(#"[{"ref_id": 3, "bbox": [1, 2, 3, 4]}]"#)
    #expect(file.ids == [3] && file.idKind == .reference)
    // Where both stand, the expression counts.
    let both = try read(#"[{"ref_id": 3, "sent_id": 8, "bbox": [1, 2, 3, 4]}]"#)
    #expect(both.ids == [8] && both.idKind == .sentence)
  }

  static let wrong: [(String, String)] = [
    (#"[{"sent_id": 1, "bbox": [1, 2, 3]}]"#, "record 0: \"bbox\" has 3 numbers, not four"),
    (#"[{"sent_id": 1, "bbox": [1, 2, 3, 4, 5]}]"#, "record 0: \"bbox\" has more than four"),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, 3, NaN]}]"#,
      "record 0: \"bbox\" must hold finite numbers, found NaN"
    ),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, -Infinity, 3]}]"#,
      "record 0: \"bbox\" must hold finite numbers"
    ),
    (#"[{"sent_id": 1, "bbox": [1, 2, 1e999, 3]}]"#, "record 0: \"bbox\" must hold finite numbers"),
    (#"[{"sent_id": 1, "bbox": [1, 2, null, 3]}]"#, "must hold finite numbers, found null"),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, 3, 4]}, {"sent_id": 2, "bbox": [50, 60, 3, -4]}]"#,
      "record 1: \"bbox\" has the size 3.0 x -4.0"
    ),
    (#"[{"sent_id": 1, "bbox": {"x": 1}}]"#, "\"bbox\" must be a list, found an object"),
    (#"[{"sent_id": 1}]"#, "record 0: \"bbox\" is missing"),
    (#"[{"bbox": [1, 2, 3, 4]}]"#, "record 0: \"sent_id\" is missing"),
    (
      #"[{"sent_id": "1", "bbox": [1, 2, 3, 4]}]"#, "\"sent_id\" must be an integer, found a string"
    ),
    (#"[{"sent_id": 1.5, "bbox": [1, 2, 3, 4]}]"#, "\"sent_id\" must be an integer"),
    (#"[{"sent_id": 1, "sent_id": 1, "bbox": [1, 2, 3, 4]}]"#, "stands twice in one record"),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, 3, 4], "bbox": [1, 2, 3, 4]}]"#, "stands twice in one record"
    ),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, 3, 4]}, {"ref_id": 2, "bbox": [1, 2, 3, 4]}]"#,
      "record 1: has \"ref_id\", and the records before it have \"sent_id\""
    ),
    (
      #"[{"sent_id": 1, "bbox": [1, 2, 3, 4]}, {"sent_id": 1, "bbox": [1, 2, 3, 4]}]"#,
      "sent_id 1 occurs twice, in records 0 and 1"
    ),
    (#"{"images": [], "annotations": []}"#, "found an annotation file"),
    ("[]", "holds no box"), ("", "holds no box"), ("[7]", "expected an object, found the number 7"),
  ]

  @Test func wrongFiles() throws {
    for (text, words) in Self.wrong {
      let error = #expect(throws: DatasetError.self, "\(text)") { try read(text) }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains(words), "\(words): \(message)")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let text = #"[{"sent_id": 1, "bbox": [1, 2, 3, 4]}, {"sent_id": 2, "bbox": [1, 2, 3, 4]}]"#
    for count in 0..<text.count {
      #expect(throws: (any Error).self) { try read(String(text.prefix(count))) }
    }
  }
}
