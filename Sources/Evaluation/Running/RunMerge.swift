import Datasets
import Foundation
import Records

/// Puts the parts of runs together.
package enum RunMerge {
  /// A run whose parts were found.
  package struct Found: Sendable {
    /// What the parts are of.
    package let plan: RunPlan
    /// The folders of the parts, in order.
    package let parts: [String]
  }

  /// The runs that folders hold parts of: the folders may be those of parts, or hold them.
  ///
  /// - Throws: `EvaluationError.incomplete` where a run lacks a part, `.noRuns` where there is no part,
  ///   `.badRun`, and `RecordError` for a folder that is not there.
  package static func runs(in folders: [String]) throws -> [Found] {
    var plans: [(plan: RunPlan, path: String)] = []
    for folder in folders {
      try requireFolder(folder, remedy: "name folders that `mplug-eval run --shard` wrote")
      let here = try Self.plans(under: folder, depth: 4).filter { !$0.plan.shard.isWhole }
      if here.isEmpty { throw EvaluationError.noParts(path: folder) }
      plans += here.filter { new in !plans.contains { isSameFile($0.path, new.path) } }
    }
    plans.sort {
      ($0.plan.benchmark, $0.plan.split, $0.path) < ($1.plan.benchmark, $1.plan.split, $1.path)
    }
    var runs: [Found] = []
    for (plan, _) in plans where !runs.contains(where: { $0.plan.isSameRun(as: plan) }) {
      runs.append(try run(plan, plans.filter { $0.plan.isSameRun(as: plan) }))
    }
    return runs
  }

  private static func run(
    _ plan: RunPlan, _ found: [(plan: RunPlan, path: String)]
  ) throws -> Found {
    let set = "\(plan.benchmark)/\(plan.split)"
    // An earlier attempt may have been divided otherwise: the division that is whole counts.
    for count in Set(found.map(\.plan.shard.count)).sorted() {
      let own = found.filter { $0.plan.shard.count == count }
      let parts = (1...count).map { index in own.first { $0.plan.shard.index == index } }
      let there = parts.compactMap(\.self)
      if there.count == count {
        return Found(plan: there[0].plan.whole, parts: there.map(\.path))
      }
    }
    let count = plan.shard.count
    let there = Set(found.filter { $0.plan.shard.count == count }.map(\.plan.shard.index))
    let lacking = (1...count).filter { !there.contains($0) }.map { "\($0)/\(count)" }
    throw EvaluationError.incomplete(
      set: set, reason: "the parts \(lacking.joined(separator: ", ")) are not there",
      remedy: "run them with --shard, then merge again")
  }

  private static func plans(
    under folder: String, depth: Int
  ) throws -> [(plan: RunPlan, path: String)] {
    if let plan = try RunPlan.read(in: folder) { return [(plan, folder)] }
    guard depth > 0 else { return [] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw RecordError.unreadable(
        path: folder, reason: "the folder cannot be listed; give yourself the permission")
    }
    var found: [(plan: RunPlan, path: String)] = []
    for name in names where !name.hasPrefix(".") {
      var isFolder: ObjCBool = false
      let child = "\(folder)/\(name)"
      if FileManager.default.fileExists(atPath: child, isDirectory: &isFolder), isFolder.boolValue {
        found += try plans(under: child, depth: depth - 1)
      }
    }
    return found
  }
}
