import ArgumentParser
import Foundation
import Records
import Reporting
import Resources

/// `resources`: licensed data of metrics, which users hold.
struct ResourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resources",
    abstract: "Adds and lists licensed data of metrics, such as METEOR's.",
    discussion: """
      Such data are not ours to ship. They are read from what you hold, compiled once, and kept in \
      $MPLUG_EVAL_CACHE, else $XDG_CACHE_HOME/mplug-eval, else ~/.cache/mplug-eval.
      """,
    subcommands: [Add.self, List.self])

  /// The resources that there are.
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case meteor
  }

  /// `resources add`.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Compiles data into the cache folder.")

    @Argument(help: "meteor.")
    var name: Name

    @Option(
      name: .long,
      help: "A folder of pycocoevalcap or of METEOR's files, the wheel, or meteor-1.5.jar.")
    var from: String

    @OptionGroup var logging: LogOptions

    func validate() throws {
      if from.isEmpty { throw ValidationError("--from must not be empty.") }
    }

    func run() throws {
      let progress = ProgressLine(what: "MB of METEOR's data", isQuiet: logging.quiet)
      let resource = try Resources.addMETEOR(
        from: from, environment: ProcessInfo.processInfo.environment,
        progress: { progress.show($0 / 1_000_000, of: $1 / 1_000_000) })
      progress.clear()
      try Terminal.output(
        "\(resource.title): \(resource.path ?? ""), \(resource.state.text)\n")
    }
  }

  /// `resources list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Says what is there, and how to add what is not.")

    @Option(name: .long, help: "text or json.")
    var format = OutputFormat.text

    @OptionGroup var logging: LogOptions

    func run() throws {
      let resources = [
        try Resources.meteorState(environment: ProcessInfo.processInfo.environment)
      ]
      switch format {
      case .text: try Terminal.output(TableFormat.text.render(resources.map(\.table)))
      case .json:
        let object: JSONValue = ["resources": .array(resources.map(\.record))]
        try Terminal.output(object.line())
      }
    }
  }
}

extension InstalledResource {
  fileprivate var table: Table {
    Table(
      title: "\(title) (\(name)): \(state.text)",
      columns: [Table.Column("part"), Table.Column("licence")],
      rows: parts.map { [Table.Cell($0.name), Table.Cell($0.licence)] },
      notes: [path.map { "File: \($0)" }, "To add it: \(command)"].compactMap(\.self))
  }

  fileprivate var record: JSONValue {
    var record: [String: JSONValue] = [
      "name": .string(name), "title": .string(title), "path": path.map { .string($0) } ?? .null,
      "command": .string(command),
      "parts": .array(
        parts.map { ["name": .string($0.name), "licence": .string($0.licence)] }),
    ]
    switch state {
    case .installed(let size, let digest, let isOfficial):
      record["state"] = "installed"
      record["size"] = .int(size)
      record["digest"] = .string(digest)
      record["official"] = .bool(isOfficial)
    case .missing:
      record["state"] = "missing"
    case .unusable(let problem):
      record["state"] = "unusable"
      record["problem"] = .string(problem)
    }
    return .object(JSONObject(record.map { ($0, $1) }))
  }
}

extension InstalledResource.State {
  /// For a person.
  fileprivate var text: String {
    switch self {
    case .installed(let size, let digest, let isOfficial):
      "installed, \(size) bytes, data \(digest.prefix(8))"
        + (isOfficial
          ? " (as in pycocoevalcap 1.2)" : " (not those of pycocoevalcap 1.2: numbers differ)")
    case .missing: "not installed"
    case .unusable(let problem): "cannot be used: \(problem)"
    }
  }
}
