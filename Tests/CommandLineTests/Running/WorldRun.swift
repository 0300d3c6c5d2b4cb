import Foundation
import Records
import TestSupport
import Testing

/// A run of the embedded checkpoint over the mini world, in a results folder of its own.
struct WorldRun {
  /// The benchmark with its split.
  let benchmark: String
  /// The data folder: the embedded one, or a damaged copy.
  var data = Mini.folder
  /// The weights: the embedded ones, or damaged ones.
  var checkpoint: String
  /// The results folder.
  let output: String

  init(_ benchmark: String, under output: String) {
    self.benchmark = benchmark
    self.output = output
    // Two images at a time need weights of their own.
    let name = benchmark.hasPrefix("mini-nlvr2") ? "mini-nlvr2" : "mini"
    checkpoint = Mini.file("checkpoint/\(name).safetensors")
  }

  /// One benchmark of each kind of task.
  static let families = [
    "mini-vqav2/val", "mini-coco-caption/val", "mini-refcoco/testA", "mini-snli-ve/test",
    "mini-nlvr2/dev", "mini-flickr30k-retrieval/val", "mini-msrvtt-retrieval/test",
    "mini-msvd-qa/test", "mini-vatex-caption/test",
  ]

  /// What the command gets.
  func arguments(_ more: [String] = []) -> [String] {
    [
      "run", benchmark, "--checkpoint", checkpoint, "--data", data, "--output", output, "--format",
      "json",
    ] + more
  }

  /// Runs it to its end.
  @discardableResult
  func run(
    _ more: [String] = [], expecting status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> BuiltBinary.Result {
    let result = try BuiltBinary.run(arguments(more))
    #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
    return result
  }

  /// Runs all parts at the same time, since those of a retrieval wait for each other, and puts them
  /// together.
  ///
  /// - Returns: The results folder of the merge.
  func runParts(_ count: Int, _ more: [String] = []) throws -> String {
    let parts = try (1...count).map { index in
      try Started(
        arguments(more + ["--shard", "\(index)/\(count)", "--wait", "60"]),
        log: "\(output).\(index)")
    }
    for part in parts {
      let status = part.waited()
      #expect(status == 0, "\(part.errors)")
    }
    let merged = "\(output)-merged"
    let result = try BuiltBinary.run(["merge", output, "--output", merged])
    #expect(result.status == 0, "\(result.errors)")
    return merged
  }

  /// The folder of the run, which may be at its beginning.
  func folder(under results: String? = nil) throws -> String {
    let root = results ?? output
    let found = try files(under: root).filter {
      $0.hasSuffix("/plan.json") && !$0.contains("-shard-") && !$0.contains("/.")
    }
    let only = try #require(found.count == 1 ? found.first : nil, "\(found)")
    return "\(root)/" + String(only.dropLast("/plan.json".count))
  }

  /// What must be the same however a run was made: predictions, scores of samples and the submission
  /// to the byte, and what `run.json` says of the numbers.
  func outcome(under results: String? = nil) throws -> [String: Data] {
    let folder = try folder(under: results)
    var outcome: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !["plan.json", "report.html"].contains(name) {
      outcome[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    guard let bytes = outcome["run.json"] else { return outcome }
    var record = try #require(
      try JSONValue(MappedFile(bytes: Array(bytes), name: "run.json")).object)
    // Times, command, machine.
    #expect(record["provenance"] != nil)
    record["provenance"] = nil
    outcome["run.json"] = Data(try JSONValue.object(record).serialized(.pretty))
    return outcome
  }
}

/// Holds two outcomes against each other, file by file.
func expectSame(
  _ found: [String: Data], as expected: [String: Data], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.keys.sorted() == expected.keys.sorted(), "\(what)", sourceLocation: sourceLocation)
  for (name, bytes) in expected {
    #expect(found[name] == bytes, "\(what): \(name) differs", sourceLocation: sourceLocation)
  }
}

/// The command while it runs.
final class Started {
  private let process = Process()
  private let log: String

  /// - Parameter log: Where its standard error goes.
  init(_ arguments: [String], log: String, environment: [String: String] = [:]) throws {
    self.log = "\(log).log"
    _ = FileManager.default.createFile(atPath: self.log, contents: nil)
    // Whoever runs the tests may have told them to ignore signals, and that is inherited.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT,TERM,HUP", BuiltBinary.path] + arguments
    process.currentDirectoryURL = Golden.root
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: self.log))
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Its number.
  var id: Int32 { process.processIdentifier }

  var isRunning: Bool { process.isRunning }

  /// What it said on standard error so far.
  var errors: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Waits for its end and gives its status, 128 and the signal's number if one ended it.
  func waited() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// Waits until a journal under a results folder has so many bytes; false where the command ended
  /// before.
  func waitForJournal(_ bytes: Int, under results: String) -> Bool {
    while process.isRunning {
      if journalSize(under: results) >= bytes { return true }
      usleep(300)
    }
    return false
  }
}

/// The bytes of all journals under a results folder.
func journalSize(under results: String) -> Int {
  guard let names = try? FileManager.default.subpathsOfDirectory(atPath: results) else { return 0 }
  return names.filter { $0.hasSuffix("/predictions.jsonl") && !$0.contains("/.") }.reduce(0) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: "\(results)/\($1)")
    return $0 + ((attributes?[.size] as? Int) ?? 0)
  }
}
