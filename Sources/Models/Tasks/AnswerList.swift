import Records

/// The answers that a ranking chooses from.
package enum AnswerList {
  /// SHA-256 of the answers, each with a newline behind it, in hexadecimal.
  package static func digest(of answers: [String]) -> String {
    SHA256.hexDigest(of: answers.flatMap { Array($0.utf8) + [0x0A] })
  }
}
