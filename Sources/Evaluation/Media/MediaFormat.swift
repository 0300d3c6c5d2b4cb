import Foundation
import Media

/// What a media file was read as, which its content decides and not its name.
package enum MediaFormat: Hashable, Sendable {
  /// An image of a format.
  case image(ImageFormat)
  /// A clip in a container.
  case clip(ContainerFormat)

  /// Its name as people write it.
  package var title: String {
    switch self {
    case .image(let format): format.title
    case .clip(let format): format.title
    }
  }

  /// Whether a file's ending is that of another format, as that of many NLVR2 images, which are JPEG
  /// under the name `.png`. That hinders no decoder. Endings of no known format go with any.
  func contradicts(nameOf path: String) -> Bool {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    return !endings.contains(ending)
      && (ImageFormat.allCases.contains { $0.endings.contains(ending) }
        || ContainerFormat.allCases.contains { $0.endings.contains(ending) })
  }

  private var endings: [String] {
    switch self {
    case .image(let format): format.endings
    case .clip(let format): format.endings
    }
  }
}
