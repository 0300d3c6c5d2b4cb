import Models
import Records

/// What visual features are features of, and made by: content alone, neither names nor places nor
/// times, so that a key means the same in another process, on another machine and next year.
package struct FeatureKey: Sendable, Hashable {
  /// The digest of the model's identity, `FeatureKey.digest(of:)`.
  package let model: String
  /// The protocol's `featureSignature`.
  package let signature: String
  /// SHA-256 of the image or the clip, of all files of it where it is a folder of frames.
  package let media: String

  /// Puts a key together.
  package init(model: String, signature: String, media: String) {
    self.model = model
    self.signature = signature
    self.media = media
  }

  /// The digest of everything beside protocol and media that features depend on. The first call for a
  /// model reads the whole checkpoint: a run makes it once.
  package static func digest(of model: any Model) -> String {
    digest(of: model.identity.flatMap { [$0.key, $0.value] })
  }

  /// One line, as a file carries it.
  package var text: String { "model:\(model)|\(signature)|media:\(media)" }

  /// 64 hexadecimal digits that no other key has.
  package var digest: String { Self.digest(of: [model, signature, media]) }

  /// SHA-256 of texts, in hexadecimal; with the lengths before them they cannot run into one another.
  static func digest(of texts: [String]) -> String {
    var hash = SHA256()
    for text in texts { hash.update(Array("\(text.utf8.count):\(text)".utf8)) }
    return hash.hexDigest
  }
}
