import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Small question files of MSRVTT-QA and MSVD-QA, and ways to read a folder with them.
enum VideoQAFiles {
  static func request(_ name: String, under folder: String) throws -> ReferenceRequest {
    let (card, split) = try BenchmarkName(name).resolve()
    return ReferenceRequest(
      card: card, split: split, source: .data(DataFolder(path: folder, folders: card.folders)))
  }

  static func set(_ name: String, under folder: String) throws -> ReferenceSet {
    let request = try Self.request(name, under: folder)
    return try DatasetRegistry.dataset(for: request.card).references(for: request)
  }

  static func answers(_ set: ReferenceSet) throws -> ExactAnswerReferences {
    guard case .exactAnswers(let answers) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return answers
  }

  static func media(_ name: String, under folder: String) throws -> [MediaReference] {
    let (card, split) = try BenchmarkName(name).resolve()
    return try DatasetRegistry.dataset(for: card).media(
      under: DataFolder(path: folder, folders: card.folders), split: try #require(split))
  }

  static let msrvtt =
    #"[{"answer": "couch", "category_id": 14, "id": 170859, "question": "what is  it ?","#
    + #" "video_id": 7010}, {"answer": "two", "category_id": 1, "id": 170860, "question": "how","#
    + #" "video_id": 9999}, {"answer": "two", "category_id": 1, "id": 170861, "question": "who","#
    + #" "video_id": 7010}]"#
  static let msvd =
    #"[{"answer": "someone", "id": 37348, "question": "who?", "video_id": 1451},"#
    + #" {"answer": "dog", "id": 37349, "question": "what?", "video_id": 1970},"#
    + #" {"answer": "cat", "id": 37350, "question": "what?", "video_id": 1451}]"#
  static let list =
    #"{"question": "what?", "answer": "dog", "video_id": "video7010", "answer_type": "what"}"#
    + "\n"
    + #"{"question": "who?", "answer": "man", "video_id": "video7011"}"# + "\n"
}
