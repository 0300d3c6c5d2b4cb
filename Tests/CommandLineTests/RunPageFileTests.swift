import Foundation
import Records
import TestSupport
import Testing

/// `report.html` that `score --output` leaves in the run's folder.
@Suite struct RunPageFileTests {
  private static let mini = Golden.root.appendingPathComponent("benchmarks/mini").path
  private static let predictions = "\(mini)/predictions/attentive/vqav2-val.json"

  private func run(_ arguments: [String]) throws -> (scratch: TemporaryFolder, folder: String) {
    let scratch = try TemporaryFolder()
    let result = try BuiltBinary.run(
      ["score", "mini-vqav2/val", "--predictions", Self.predictions, "--output", scratch("runs")]
        + arguments)
    #expect(result.status == 0, "\(result.errors)")
    let line = try #require(
      result.errors.split(separator: "\n").first { $0.contains("run folder: ") })
    let folder = try #require(line.components(separatedBy: "run folder: ").last)
    return (scratch, folder)
  }

  @Test func withData() throws {
    let (scratch, folder) = try run(["--data", Self.mini])
    defer { withExtendedLifetime(scratch) {} }
    let page = try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    // What went in, from the data; what came out, from the file.
    let questions = try JSONFile.read(
      "\(Self.mini)/vqav2/v2_OpenEnded_mscoco_val2014_questions.json")
    let question = try #require(questions["questions"]?[0]?["question"]?.string)
    #expect(page.contains("\"input\":\"\(question)\""))
    #expect(page.contains("\"verdict\":\"right\"") && page.contains("\"verdict\":\"wrong\""))
  }

  @Test func withoutData() throws {
    let (scratch, folder) = try run([
      "--annotations", "\(Self.mini)/vqav2/v2_mscoco_val2014_annotations.json",
    ])
    defer { withExtendedLifetime(scratch) {} }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/report.html"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/run.json"))
  }
}
