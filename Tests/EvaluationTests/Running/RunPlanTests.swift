import Evaluation
import Records
import TestSupport
import Testing

@Suite("Plans of runs")
struct RunPlanTests {
  private func plan(_ shard: String, key: Character = "a", model: String = "m") throws -> RunPlan {
    let json: JSONValue = [
      "allow_partial": false, "benchmark": "vqav2", "count": 3, "data": "/data", "files": [],
      "key": .string(String(repeating: key, count: 64)), "limit": nil, "model": .string(model),
      "protocol": ["signature": "vqa|res:64"], "schema": "mplug-eval/plan/1",
      "shard": [
        "count": .int(try #require(Shard(shard)).count),
        "index": .int(try #require(Shard(shard)).index),
      ], "split": "val",
    ]
    return try #require(RunPlan(json: json))
  }

  /// Folders of parts, as `run --shard` leaves them.
  private func folder(of plans: [RunPlan]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for plan in plans {
      let path = plan.folder(under: folder.path)
      try RunWriter.makeFolder(above: "\(path)/x")
      try plan.write(in: path)
    }
    return folder
  }

  @Test func isReadAsItWasWritten() throws {
    let plan = try plan("2/3")
    #expect(RunPlan(json: plan.json) == plan)
    #expect(plan.folder(under: "r") == "r/m/vqav2-val/aaaaaaaaaaaa-shard-2-of-3")
    #expect(plan.whole.folder(under: "r") == "r/m/vqav2-val/aaaaaaaaaaaa")
    #expect(plan.isSameRun(as: plan.whole))
  }

  @Test(arguments: ["schema", "key", "shard", "limit", "count", "protocol"])
  func lacksNothing(member: String) throws {
    var object = try #require(try plan("1/2").json.object)
    object[member] = nil
    #expect(RunPlan(json: .object(object)) == nil)
  }

  @Test func partsOfOneRunAreFound() throws {
    let folder = try folder(of: [plan("2/2"), plan("1/2"), plan("1/1", key: "b")])
    let runs = try RunMerge.runs(in: [folder.path])
    #expect(runs.count == 1)
    #expect(runs.first?.parts.count == 2)
    #expect(runs.first?.parts.first?.hasSuffix("1-of-2") == true)
    #expect(runs.first?.plan.shard == .whole)
  }

  @Test func runsAreToldApart() throws {
    let folder = try folder(of: [
      plan("1/2"), plan("2/2"), plan("1/2", key: "c"), plan("2/2", key: "c"),
      plan("1/2", model: "n"), plan("2/2", model: "n"),
    ])
    #expect(try RunMerge.runs(in: [folder.path]).count == 3)
    // Named twice, they count once.
    #expect(try RunMerge.runs(in: [folder.path, folder("m")]).count == 3)
  }

  @Test func aPartThatLacksIsNamed() throws {
    let folder = try folder(of: [plan("1/3"), plan("3/3")])
    do {
      _ = try RunMerge.runs(in: [folder.path])
      Issue.record("merged")
    } catch let error as EvaluationError {
      #expect("\(error)".contains("2/3"))
      guard case .incomplete = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func anEarlierDivisionThatIsNotWholeDoesNotHinder() throws {
    let folder = try folder(of: [plan("1/3"), plan("1/2"), plan("2/2")])
    #expect(try RunMerge.runs(in: [folder.path]).first?.parts.count == 2)
  }

  @Test func aFolderWithoutPartsIsAnError() throws {
    let folder = try folder(of: [plan("1/1")])
    #expect(throws: EvaluationError.self) { try RunMerge.runs(in: [folder.path]) }
  }
}
