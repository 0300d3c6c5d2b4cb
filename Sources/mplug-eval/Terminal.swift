import Foundation
import Records
import Reporting

/// What goes to the two streams.
enum Terminal {
  /// One line on standard error with the program's name before it, whatever the log level. What it
  /// quotes out of a file cannot speak to the terminal.
  static func say(_ message: String) {
    let line = shortened(
      message.split(whereSeparator: \.isNewline).joined(separator: " ").withoutControls)
    // Nobody is left to be told where this fails.
    try? FileHandle.standardError.write(contentsOf: Data("mplug-eval: \(line)\n".utf8))
  }

  /// Without its middle where a file has a name or an id of a megabyte: the beginning says where,
  /// the end how to mend it.
  private static func shortened(_ line: String) -> String {
    let scalars = line.unicodeScalars
    let (head, tail) = (1500, 500)
    guard scalars.count > head + tail else { return line }
    return "\(String(scalars.prefix(head)))…\(String(scalars.suffix(tail)))"
  }

  /// Text in a file, which appears when it is complete; on standard output where none is named.
  ///
  /// - Throws: `RecordError.writeFailed`.
  static func output(_ text: String, to path: String?) throws {
    guard let path else { return try output(text) }
    try AtomicFile.write(Array(text.utf8), to: path)
  }

  /// Text on standard output, as it is.
  ///
  /// - Throws: `RecordError.writeFailed`, but not for a reader that has closed its end (`| head`).
  static func output(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      if systemNumber(error) == EPIPE { return }
      throw RecordError.writeFailed(path: "standard output", reason: systemReason(error))
    }
  }
}
