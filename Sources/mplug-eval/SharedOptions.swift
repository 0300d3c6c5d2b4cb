import ArgumentParser
import Foundation
import Logging
import Records
import Reporting

/// Options of every verb.
struct LogOptions: ParsableArguments {
  @Flag(name: .long, help: "Prints results and errors only.")
  var quiet = false

  @Flag(name: .long, help: "Says what is read and how long each step takes.")
  var verbose = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// A logger to standard error at the level that the options ask for.
  var logger: Logger {
    var logger = Logger(label: "mplug-eval") { _ in PlainLogHandler() }
    logger.logLevel = quiet ? .error : verbose ? .debug : .notice
    return logger
  }
}

/// One line a message on standard error: no time, no label, so that a person can read it.
private struct PlainLogHandler: LogHandler {
  var logLevel: Logger.Level = .warning
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let word = event.level == .warning ? "warning: " : ""
    Terminal.say("\(word)\(event.message)")
  }
}

/// `--format` of verbs that print for a person or a program.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `--format` of verbs whose result is tables.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, csv, json, latex, html

  /// The report in this format: JSON is made from the data, every other one from the tables.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  func render(
    _ tables: @autoclosure () -> [Table], json: @autoclosure () -> JSONValue
  ) throws -> String {
    try TableFormat(rawValue: rawValue)?.render(tables()) ?? json().line()
  }
}

/// How long ago something was, for logs.
func seconds(since start: Date) -> String {
  String(format: "%.2f s", Date().timeIntervalSince(start))
}

extension JSONValue {
  /// The value on one line, members sorted, for standard output.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  func line() throws -> String {
    String(decoding: try serialized(), as: UTF8.self) + "\n"
  }
}
