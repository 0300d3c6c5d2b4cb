import Foundation
import TestSupport
import Testing
import Yams

/// The examples for CI services and clusters say what the program understands, and do what they say.
@Suite struct ExampleFilesTests {
  static let files = [
    "ci/github-actions.yml", "cluster/slurm.sbatch", "cluster/mpirun.sh", "cluster/job.yaml",
    "cluster/merge.yaml", "cluster/README.md",
  ]

  private static func text(_ name: String) throws -> String {
    try String(
      contentsOf: Golden.root.appendingPathComponent("benchmarks/\(name)"), encoding: .utf8)
  }

  /// A verb and the long options behind it.
  struct Command: Hashable {
    var verb: String
    var options: Set<String> = []
  }

  /// The commands of a text: what follows the program's name, or the variable that stands for it, up
  /// to the end of the line or of the lines that it is continued on.
  static func commands(in text: String) -> [Command] {
    let joined = text.replacingOccurrences(
      of: #"\\\n[ #]*"#, with: " ", options: .regularExpression)
    var commands: [Command] = []
    for line in joined.split(separator: "\n") {
      let words = line.split(whereSeparator: { " '\"`;|&()".contains($0) }).map(String.init)
      var command: Command?
      for (place, word) in words.enumerated() {
        // `make -C mplug-eval build` names a folder.
        let isFolder = place > 0 && words[place - 1] == "-C"
        if ["mplug-eval", "$program"].contains(word), !isFolder, place + 1 < words.count {
          if let command { commands.append(command) }
          command = Command(verb: words[place + 1])
        } else if word.hasPrefix("--"), word.count > 2 {
          command?.options.insert(String(word.prefix { $0 != "=" }))
        }
      }
      if let command { commands.append(command) }
    }
    return commands.filter { $0.verb.allSatisfy { $0.isLowercase && $0.isASCII } }
  }

  /// The arguments of a container.
  static func containers(in text: String) throws -> [[String]] {
    let job = try #require(try Yams.load(yaml: text) as? [String: Any])
    let spec = try #require((job["spec"] as? [String: Any])?["template"] as? [String: Any])
    let pod = try #require(spec["spec"] as? [String: Any])
    return try #require(pod["containers"] as? [[String: Any]]).map {
      #expect($0["command"] as? [String] == ["mplug-eval"])
      return try #require($0["args"] as? [String])
    }
  }

  @Test(arguments: files) func commandsExist(_ name: String) throws {
    let text = try Self.text(name)
    var commands = Self.commands(in: text)
    if name.hasSuffix("job.yaml") || name.hasSuffix("merge.yaml") {
      commands += try Self.containers(in: text).map { words in
        Command(
          verb: words[0],
          options: Set(words.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }))
      }
    }
    try #require(!commands.isEmpty)
    for command in Set(commands) {
      let help = try BuiltBinary.run([command.verb, "--help"])
      #expect(help.status == 0, "\(name): \(command.verb): \(help.errors)")
      for option in command.options where option != "--help" {
        let isKnown =
          help.output.range(
            of: "\(option)(?![a-z-])", options: .regularExpression) != nil
        #expect(isKnown, "\(name): \(command.verb) has no \(option)")
      }
    }
  }

  /// The twin of the test above: it sees commands, and an option that is none.
  @Test func commandsAreSeen() {
    let found = Self.commands(
      in:
        "run: |\n  mplug-eval score x --data \"$D\" \\\n    --no-such 3\n# $program merge a --output=b"
    )
    #expect(
      found == [
        Command(verb: "score", options: ["--data", "--no-such"]),
        Command(verb: "merge", options: ["--output"]),
      ])
  }

  /// All pods of the Job run at a time, and know how many they are.
  @Test func theJobKnowsItsSize() throws {
    let job = try #require(try Yams.load(yaml: Self.text("cluster/job.yaml")) as? [String: Any])
    let spec = try #require(job["spec"] as? [String: Any])
    let count = try #require(spec["completions"] as? Int)
    #expect(spec["parallelism"] as? Int == count && spec["completionMode"] as? String == "Indexed")
    let pod = try #require((spec["template"] as? [String: Any])?["spec"] as? [String: Any])
    #expect(pod["restartPolicy"] as? String == "Never")
    let container = try #require((pod["containers"] as? [[String: Any]])?.first)
    let environment = try #require(container["env"] as? [[String: Any]])
    #expect(
      environment.contains {
        $0["name"] as? String == "MPLUG_EVAL_SHARDS" && $0["value"] as? String == "\(count)"
      })
    #expect(try Self.containers(in: Self.text("cluster/job.yaml"))[0].contains("--shard=auto"))
  }

  /// The steps of the workflow after the build, over the embedded set: they pass, and the gate fails
  /// for worse predictions.
  @Test func theWorkflowGates() throws {
    let workflow = try #require(
      try Yams.load(yaml: Self.text("ci/github-actions.yml")) as? [String: Any])
    let jobs = try #require(workflow["jobs"] as? [String: Any])
    let steps = try #require((jobs["gate"] as? [String: Any])?["steps"] as? [[String: Any]])
    func script(_ name: String) throws -> String {
      let step = try #require(steps.first { $0["name"] as? String == name }, "no step \(name)")
      return try #require(step["run"] as? String)
        .replacingOccurrences(of: "coco-caption/test ", with: "mini-coco-caption/test ")
    }
    let scratch = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: scratch("results"), withIntermediateDirectories: false)
    func run(_ name: String, _ system: String) throws -> BuiltBinary.Result {
      let variables = [
        "PATH":
          "\(URL(fileURLWithPath: BuiltBinary.path).deletingLastPathComponent().path):/usr/bin:/bin",
        "DATA": Mini.folder, "GITHUB_STEP_SUMMARY": scratch("summary.md"),
        "PREDICTIONS": Task.captions.predictions(system),
      ]
      let words = variables.map { "export \($0.key)='\($0.value)'" }.joined(separator: "; ")
      // As GitHub runs a step of a container.
      return shell("\(words); cd '\(scratch.path)'; set -e; \(try script(name))")
    }
    #expect(try run("Score", "attentive").status == 0)
    let baseline = shell(
      "cd '\(scratch.path)' && '\(BuiltBinary.path)' check runs --baseline results/baseline.json "
        + "--update")
    #expect(baseline.status == 0, "\(baseline.errors)")
    let gate = try run("Gate", "attentive")
    #expect(gate.status == 0, "\(gate.errors)")
    #expect(try String(contentsOfFile: scratch("gate.xml"), encoding: .utf8).contains("<testsuite"))
    #expect(try run("Table", "attentive").status == 0)
    let summary = try String(contentsOfFile: scratch("summary.md"), encoding: .utf8)
    #expect(summary.contains("ours") && summary.contains("| "))
    // The same model gives other captions.
    try FileManager.default.removeItem(atPath: scratch("runs"))
    #expect(try run("Score", "constant").status == 0)
    let red = try run("Gate", "constant")
    #expect(red.status == 10, "\(red.status): \(red.errors)")
  }
}
