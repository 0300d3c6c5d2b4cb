import Foundation

/// How far some work is, on standard error: one line drawn over itself on a terminal, otherwise a
/// line now and then once the work takes some seconds.
final class ProgressLine {
  private let label: String
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var last: Date
  private var isDrawn = false

  /// - Parameter label: what is being done.
  init(_ label: String, isQuiet: Bool) {
    self.label = label
    self.isQuiet = isQuiet
    last = Date()
  }

  /// Says which share of the work is done, from 0 to 1.
  func show(_ share: Double) {
    guard !isQuiet, Date().timeIntervalSince(last) > (isTerminal ? 0.1 : 5) else { return }
    last = Date()
    isDrawn = true
    let text = "mplug-eval: \(label): \(Int(100 * share)) %"
    write(isTerminal ? "\r\(text)\u{1B}[K" : "\(text)\n")
  }

  /// Wipes the line.
  func end() {
    if isTerminal && isDrawn { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    // Nobody is left to be told where this fails.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
