import Records

/// An image or a clip that a split needs.
public struct MediaReference: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable {
    case image, video
  }

  /// Its id in the data set.
  public let id: SampleID
  /// Where the data set's own layout has it, such as `val2014/COCO_val2014_000000391895.jpg`.
  public let path: String
  /// What it is.
  public let kind: Kind

  /// Puts a reference together.
  package init(id: SampleID, path: String, kind: Kind) {
    self.id = id
    self.path = path
    self.kind = kind
  }
}

/// The rule by which a data set names its media: a path with `{id}`, or `{id:12}` for an id padded
/// with zeros to twelve digits.
package struct MediaTemplate: Sendable {
  private let before: String
  private let after: String
  private let width: Int

  /// Reads a template; nil where it has no place for an id.
  package init?(_ text: String) {
    guard let match = text.firstMatch(of: /\{id(?::(\d+))?\}/) else { return nil }
    before = String(text[..<match.range.lowerBound])
    after = String(text[match.range.upperBound...])
    width = match.1.flatMap { Int($0) } ?? 0
  }

  /// The path of an id.
  package func path(of id: SampleID) -> String {
    let digits = id.description
    return before + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
      + after
  }

  /// The references of ids, each once, in the order of first appearance.
  package func references(of ids: [SampleID], kind: MediaReference.Kind) -> [MediaReference] {
    ids.uniqued().map { MediaReference(id: $0, path: path(of: $0), kind: kind) }
  }
}
