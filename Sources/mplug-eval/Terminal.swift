import Foundation

/// What goes to the two streams.
enum Terminal {
  /// One line on standard error with the program's name before it.
  static func error(_ message: String) {
    let line = message.split(separator: "\n").joined(separator: " ")
    write("mplug-eval: \(line)\n", to: FileHandle.standardError)
  }

  /// Text on standard output, as it is.
  static func output(_ text: String) {
    write(text, to: FileHandle.standardOutput)
  }

  private static func write(_ text: String, to handle: FileHandle) {
    // A reader that has closed its end (`| head`) is no error of ours.
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
