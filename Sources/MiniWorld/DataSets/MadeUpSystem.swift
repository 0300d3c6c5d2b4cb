/// A system that answers without having seen anything: for tests and examples.
public enum MadeUpSystem: String, Sendable, CaseIterable {
  /// Mostly right, in its own words.
  case attentive
  /// Often wrong.
  case hasty
  /// Always says the same.
  case constant

  /// Of a hundred answers as many are right by intent.
  var percentRight: Int {
    switch self {
    case .attentive: 84
    case .hasty: 42
    case .constant: 0
    }
  }
}
