import Datasets
import Foundation
import Records

/// What a run is to do, as `plan.json` holds it from its beginning on: schema `mplug-eval/plan/1`.
///
/// Two runs with the same key give the same predictions, on any machine, in any number of parts, with
/// any batch size and number of threads.
package struct RunPlan: Sendable, Equatable {
  /// The schema's name.
  package static let schema = "mplug-eval/plan/1"

  /// The benchmark's name.
  package let benchmark: String
  /// The split's name.
  package let split: String
  /// The model's name in results.
  package let model: String
  /// The key: SHA-256, in hexadecimal, of everything that can change a prediction but the media.
  package let key: String
  /// How many samples the run has; of a retrieval images or clips.
  package let count: Int
  /// So many samples were asked for; nil for all.
  package let limit: Int?
  /// The part that is done; the whole is one part.
  package let shard: Shard
  /// Where the official files lie.
  package let data: String
  /// Whether samples that cannot be asked are left out of the numbers.
  package let allowsPartial: Bool
  /// What `run.json` says of how predictions were made: model, protocol, weights.
  package let `protocol`: JSONObject
  /// The files that went in beside references and media, as records list them.
  package let files: [JSONValue]

  /// The run's id: the first digits of the key.
  package var id: String { String(key.prefix(12)) }

  /// Where the run, or a part of it, has its folder.
  package func folder(under root: String, shard: Shard? = nil) -> String {
    let shard = shard ?? self.shard
    let name =
      shard.isWhole ? id : "\(id)-shard-\(shard.index)-of-\(shard.count)"
    return [
      root, RunWriter.folderName(model), RunWriter.folderName("\(benchmark)-\(split)"), name,
    ].joined(separator: "/")
  }

  /// Whether another plan is of the same run, perhaps of another part.
  package func isSameRun(as other: RunPlan) -> Bool { key == other.key && model == other.model }

  /// The same run with its official files in another folder, such as on another machine.
  package func reading(from data: String) -> RunPlan {
    RunPlan(
      benchmark: benchmark, split: split, model: model, key: key, count: count, limit: limit,
      shard: shard, data: data, allowsPartial: allowsPartial, protocol: `protocol`, files: files)
  }

  /// The same run as one part.
  package var whole: RunPlan {
    RunPlan(
      benchmark: benchmark, split: split, model: model, key: key, count: count, limit: limit,
      shard: .whole, data: data, allowsPartial: allowsPartial, protocol: `protocol`,
      files: files)
  }
}

extension RunPlan {
  /// The name in a run folder.
  package static let fileName = "plan.json"

  /// The content of `plan.json`.
  package var json: JSONValue {
    [
      "allow_partial": .bool(allowsPartial), "benchmark": .string(benchmark),
      "count": .int(count), "data": .string(data), "key": .string(key),
      "limit": limit.map { .int($0) } ?? .null, "model": .string(model),
      "files": .array(files), "protocol": .object(`protocol`), "schema": .string(Self.schema),
      "shard": ["count": .int(shard.count), "index": .int(shard.index)], "split": .string(split),
    ]
  }

  /// Reads what `json` wrote; nil where something is missing or of the wrong kind.
  package init?(json: JSONValue) {
    guard json["schema"]?.string == Self.schema, let benchmark = json["benchmark"]?.string,
      let split = json["split"]?.string, let model = json["model"]?.string,
      let key = json["key"]?.string, key.utf8.count == 64, let count = json["count"]?.int,
      count > 0,
      let data = json["data"]?.string, let allowsPartial = json["allow_partial"]?.bool,
      let index = json["shard"]?["index"]?.int, let parts = json["shard"]?["count"]?.int,
      let shard = Shard("\(index)/\(parts)"), let limit = json["limit"],
      limit == .null || limit.int.map({ $0 > 0 }) == true,
      let `protocol` = json["protocol"]?.object,
      let files = json["files"]?.array
    else { return nil }
    self.init(
      benchmark: benchmark, split: split, model: model, key: key, count: count, limit: limit.int,
      shard: shard, data: data, allowsPartial: allowsPartial,
      protocol: `protocol`, files: files)
  }

  /// Reads the plan of a run folder; nil where there is none.
  ///
  /// - Throws: `RecordError`, `JSONError`, `EvaluationError.badRun` for another file of that name.
  package static func read(in folder: String) throws -> RunPlan? {
    let path = "\(folder)/\(fileName)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let json = try? JSONValue(try MappedFile(path)), let plan = RunPlan(json: json) else {
      throw EvaluationError.badRun(
        path: path, reason: "is no plan of schema \(schema)",
        remedy: "remove the folder, or run with --fresh")
    }
    return plan
  }

  /// Writes the plan into a folder.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func write(in folder: String) throws {
    try AtomicFile.write(try json.serialized(.pretty), to: "\(folder)/\(Self.fileName)")
  }
}
