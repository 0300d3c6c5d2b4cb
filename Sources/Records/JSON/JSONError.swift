/// What is wrong in a JSON document, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// The name of the file.
  package let file: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in code points; a byte order mark does not count.
  package let column: Int
  /// What was expected, what was found, how to mend it where that is known.
  package let message: String
  /// The text around the place, on one line; empty where there is none.
  package let excerpt: String
}

extension JSONError: CustomStringConvertible {
  /// One line: `file:line:column: message, near «text»`.
  package var description: String {
    "\(file):\(line):\(column): \(message)" + (excerpt.isEmpty ? "" : ", near «\(excerpt)»")
  }
}
