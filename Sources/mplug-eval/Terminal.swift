import Foundation
import Records

/// What goes to the two streams.
enum Terminal {
  /// One line on standard error with the program's name before it, whatever the log level.
  static func say(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    // Nobody is left to be told where this fails.
    try? FileHandle.standardError.write(contentsOf: Data("mplug-eval: \(line)\n".utf8))
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
