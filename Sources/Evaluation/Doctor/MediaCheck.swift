import Datasets
import Foundation
import Records

/// A look at the structure of one media file: whether it is what it should be, whole, and not
/// contradicting itself. No picture is decoded: damage inside picture data is not seen.
package enum MediaCheck {
  /// What was seen.
  package struct Verdict: Sendable {
    /// What the content is; nil where that is not known.
    package let format: MediaFormat?
    /// What is wrong; nil where nothing is.
    package let damage: MediaDamage?
    /// Whether the file's ending is that of another format, as that of many NLVR2 images, which are
    /// JPEG under the name `.png`. That hinders no decoder.
    package let hasOtherEnding: Bool
  }

  /// Looks at a file.
  package static func verdict(on path: String, expecting kind: MediaReference.Kind) -> Verdict {
    var format: MediaFormat?
    do {
      let file = try ProbeFile(path)
      guard file.size > 0 else { throw MediaDamage.empty }
      format = MediaFormat.allCases.first { $0.probe.recognises(file.start) }
      guard let format else { throw stranger(file.start, path) }
      guard format.kind == kind else {
        throw MediaDamage.wrongKind(expected: kind, found: format)
      }
      try format.probe.check(file)
      let ending = URL(fileURLWithPath: path).pathExtension
      return Verdict(
        format: format, damage: nil, hasOtherEnding: !format.goes(withExtension: ending))
    } catch {
      let damage = error as? MediaDamage ?? .unreadable(reason: "\(error)")
      return Verdict(format: format, damage: damage, hasOtherEnding: false)
    }
  }

  private static func stranger(_ start: [UInt8], _ path: String) -> MediaDamage {
    if let brand = MP4Probe.heifBrand(start) { return .heif(brand: brand) }
    return ForeignContent(MappedFile(bytes: start, name: path)).map { .foreign($0) }
      ?? .unknownContent(start: Array(start.prefix(8)))
  }
}
