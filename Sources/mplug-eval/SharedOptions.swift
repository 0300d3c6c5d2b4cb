import ArgumentParser
import Foundation
import Logging
import Records

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

extension JSONValue {
  /// The value on one line, members sorted, for standard output.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  func line() throws -> String {
    String(decoding: try serialized(), as: UTF8.self) + "\n"
  }
}
