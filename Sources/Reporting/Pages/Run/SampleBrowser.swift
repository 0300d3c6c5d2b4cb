import Datasets
import Evaluation
import Metrics
import Records

/// The samples of a run as a page shows them one by one: which of them, their pictures, their data
/// for the script, and the controls that the script brings to life.
struct SampleBrowser {
  /// The id of the element with the data.
  static let dataID = "samples-data"
  /// How many samples are shown at a time.
  static let pageLength = 50
  /// The longest text that is kept, in characters of Unicode.
  static let textLimit = 2_000
  /// The most candidates and references of a sample.
  static let listLimit = 20

  let page: RunPage
  /// The media of those, each once.
  let media: [ViewedMedium]
  /// A picture for each of the media, where there is one.
  let pictures: [SmallPicture?]
  /// How many media have no picture because the page has no more room.
  let withoutRoom: Int

  init(_ page: RunPage) {
    self.page = page
    media = page.samples.flatMap(\.media).uniqued()
    guard let thumbnails = page.thumbnails else {
      pictures = Array(repeating: nil, count: media.count)
      withoutRoom = 0
      return
    }
    (pictures, withoutRoom) = thumbnails.pictures(
      of: media.map(Self.request), within: page.limits.pictureBytes,
      size: Self.addressLength)
  }

  private static func request(for medium: ViewedMedium) -> MediaRequest {
    MediaRequest(
      reference: MediaReference(id: .string(medium.path), path: medium.path, kind: medium.kind),
      path: medium.path, isThere: medium.exists)
  }

  /// The part of an address that names a sample.
  static func fragment(of id: String) -> String {
    "sample-" + Self.percentEncoded(id)
  }

  /// As `encodeURIComponent` writes it.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var encoded = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || "-_.!~*'()".unicodeScalars.contains(scalar)
      if isPlain {
        encoded.unicodeScalars.append(scalar)
      } else {
        encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return encoded
  }

  /// How right a prediction is; the raw value is its name in the data and in the style sheet.
  enum Verdict: String, CaseIterable {
    case right, partly, wrong

    /// Nil where the task knows no right and wrong, such as captions.
    init?(_ sample: ViewedSample, primary: String?) {
      guard let isRight = sample.isRight else { return nil }
      let score = sample.scores.first { $0.name == primary }?.value ?? 0
      self = isRight ? .right : score > 0 ? .partly : .wrong
    }

    var title: String {
      switch self {
      case .right: "right"
      case .partly: "partly right"
      case .wrong: "wrong"
      }
    }
  }
}
