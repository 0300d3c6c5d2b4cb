import Foundation
import Records
import TestSupport
import Testing

/// `score --external`: values that another program computed enter the tables, marked.
@Suite struct ExternalScoresTests {
  private static let task = Task.captions

  /// The images of the embedded set, from its predictions.
  private func images() throws -> [Int] {
    try #require(try JSONFile.read(Self.task.predictions()).array)
      .compactMap { $0["image_id"]?.int }
  }

  private func values(_ ids: [Int]) -> [Double] { ids.map { Double($0 % 7) / 8 } }

  private func score(_ file: String) throws -> JSONValue {
    let result = try BuiltBinary.run(
      Self.task.score(Self.task.predictions(), "--external", "SPICE=\(file)", "--format", "json"))
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  @Test func threeFormsGiveTheMean() throws {
    let scratch = try TemporaryFolder()
    let ids = try images()
    let values = values(ids)
    let rows = zip(ids, values)
    let forms = [
      "{" + rows.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}",
      "[" + rows.map { "{\"image_id\": \($0), \"SPICE\": \($1)}" }.joined(separator: ",\n") + "]",
      rows.map {
        "{\"image_id\": \($0), \"test\": \"a\", \"scores\": {\"Object\": {\"f\": 0.5}, "
          + "\"All\": {\"pr\": 1.0, \"f\": \($1)}}}"
      }.joined(separator: "\n"),
    ]
    for (index, form) in forms.enumerated() {
      let scores = try score(try scratch.write("spice-\(index).json", form))
      let spice = try #require(scores["metrics"]?["SPICE"])
      let mean = values.reduce(0, +) / Double(values.count)
      #expect(abs(try #require(spice["value"]?.double) - mean) < 1e-12)
      let signature = try #require(spice["signature"]?.string)
      #expect(signature.hasPrefix("SPICE|external:"), "\(signature)")
      #expect(scores["metrics"]?["CIDEr"] != nil)
    }
    // The negative twin: another value is another number.
    let other = try scratch.write(
      "other.json",
      forms[0].replacingOccurrences(of: "\(ids[0])\": \(values[0])", with: "\(ids[0])\": 1"))
    let changed = try score(other)["metrics"]?["SPICE"]?["value"]?.double
    let first = try score(scratch("spice-0.json"))["metrics"]?["SPICE"]?["value"]?.double
    #expect(changed != first)
  }

  @Test func wrongFilesAreRefused() throws {
    let scratch = try TemporaryFolder()
    let ids = try images()
    func refused(_ content: String, _ parts: [String], _ status: Int32 = 65) throws {
      let file = try scratch.write("spice.json", content)
      try expectFailure(
        status, saying: parts,
        Self.task.score(Self.task.predictions(), "--external", "SPICE=\(file)"), in: scratch)
    }
    let all = ids.map { "\"\($0)\": 0.5" }
    try refused(
      "{" + all.dropFirst().joined(separator: ",") + "}", ["spice.json", "1 of 30", "\(ids[0])"])
    try refused("{" + (all + ["\"1\": 0.5"]).joined(separator: ",") + "}", ["not in the reference"])
    try refused("{" + (all + [all[0]]).joined(separator: ",") + "}", ["\(ids[0]) occurs twice"])
    try refused("{\"\(ids[0])\": null}", ["must be a number", "null"])
    try refused("[{\"image_id\": 1}]", ["\"SPICE\" is missing"])
    try refused("[{\"image_id\": 1, \"SPICE\": NaN}]", ["spice.json:1:"])
    try refused("", ["holds no score"])
    let whole = "\"scores\": {\"All\": {\"f\": 0.5}}"
    try refused(
      "[{\"image_id\": 1, \(whole), \(whole)}]", ["record 0: \"scores\" stands twice"])
    try refused(
      "[{\"image_id\": 1, \"SPICE\": 0.5, \(whole)}]", ["record 0: \"scores\" stands twice"])
  }

  @Test func wrongArgumentsAreUsage() throws {
    let scratch = try TemporaryFolder()
    func refused(_ argument: [String], _ status: Int32, _ parts: [String]) throws {
      try expectFailure(
        status, saying: parts, Self.task.score(Self.task.predictions()) + argument, in: scratch)
    }
    try refused(["--external", "SPICE"], 64, ["SPICE=FILE"])
    try refused(["--external", "CIDEr=x.json"], 64, ["computed here", "SPICE=FILE"])
    try refused(["--external", "SPIEC=x.json"], 64, ["unknown metric", "did you mean"])
    try refused(["--external", "SPICE=missing.json"], 66, ["missing.json"])
    try refused(["--metrics", "SPICE"], 66, ["--external SPICE=FILE"])
    let file = try scratch.write("spice.json", "{\"1\": 0.5}")
    try expectFailure(
      64, saying: ["SPICE", "vqa"],
      Task.answers.score(Task.answers.predictions(), "--external", "SPICE=\(file)"), in: scratch)
  }
}
