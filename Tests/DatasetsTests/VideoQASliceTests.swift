import Datasets
import Foundation
import Records
import TestSupport
import Testing

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
