/// The name of an example, `dev-850-3-0`: split, image set, image pair of the set, sentence of the
/// set.
package struct NLVR2Identifier: Sendable {
  private let split: Substring
  private let set: Substring
  private let pair: Substring
  private let sentence: Substring

  /// Reads an identifier; nil unless it is a word and three numbers.
  package init?(_ text: String) {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count == 4, Self.isWord(fields[0]), fields[1...].allSatisfy(Self.isNumber) else {
      return nil
    }
    (split, set, pair, sentence) = (fields[0], fields[1], fields[2], fields[3])
  }

  /// The image set, `dev-850`: what was written and judged together, and is resampled together.
  package var imageSet: String { "\(split)-\(set)" }

  /// The group of consistency, `dev-850--0`: one sentence over all image pairs of its set. The
  /// official script makes the same string.
  package var group: String { "\(split)-\(set)--\(sentence)" }

  /// The paths of the left and the right image as the data set lays them out: `dev/dev-850-3-img0.png`.
  ///
  /// - Parameter directory: The numbered folder in which training images lie; nil for other splits.
  package func images(directory: Int?) -> [String] {
    let folder = directory.map { "\(split)/\($0)" } ?? String(split)
    return ["img0", "img1"].map { "\(folder)/\(split)-\(set)-\(pair)-\($0).png" }
  }

  /// The image set of an image name, `dev/dev-850-3-img0.png`; nil for another name.
  package static func imageSet(ofImage path: String) -> String? {
    guard let name = path.split(separator: "/").last, let dot = name.firstIndex(of: ".") else {
      return nil
    }
    let fields = name[..<dot].split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count == 4, isWord(fields[0]), isNumber(fields[1]), isNumber(fields[2]),
      fields[3] == "img0" || fields[3] == "img1"
    else { return nil }
    return "\(fields[0])-\(fields[1])"
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  private static func isWord(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
          || $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
      }
  }
}
