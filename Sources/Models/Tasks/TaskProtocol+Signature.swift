import Media

/// One `key:value` of a protocol's signature.
public struct SignatureField: Sendable, Hashable {
  /// What is stated.
  public let key: String
  /// Its value.
  public let value: String
}

extension TaskProtocol {
  /// Everything that can change a result, in the order in which it is printed.
  public var signatureFields: [SignatureField] {
    var fields = visualFields
    if let text { fields += text.fields }
    fields += output.fields
    fields += quirks.map { ($0.rawValue, keeps($0) ? "kept" : "corrected") }
    return fields.map { SignatureField(key: $0.0, value: $0.1) }
  }

  /// The printed form, in the manner of sacreBLEU: `vqa|res:384|image:square-bicubic-clip|…`.
  public var signature: String {
    ([task.rawValue] + signatureFields.map { "\($0.key):\($0.value)" }).joined(separator: "|")
  }

  private var visualFields: [(String, String)] {
    if let frames {
      return [
        ("res", "\(resolution)"), ("frames", "\(frames)"), ("video", "square-swscale-clip"),
      ]
    }
    let transform = imageTransform
    return [
      ("res", "\(resolution)"),
      (
        "image",
        "\(transform.shape)-\(transform.resampler.filter.rawValue)-"
          + transform.statistics.rawValue
      ),
    ]
  }
}

extension TextRule {
  fileprivate var fields: [(String, String)] {
    var fields = [("text", cleaning.rawValue)]
    if let words { fields.append(("words", "\(words)")) }
    fields.append(("ids", ids.map(String.init) ?? "all"))
    fields.append(("pad", padding.rawValue))
    if endsWithSeparator { fields.append(("end", "sep")) }
    if let ocrWords { fields.append(("ocr", "\(ocrWords)")) }
    if addsObjects { fields.append(("objects", "yes")) }
    return fields
  }
}

extension OutputRule {
  fileprivate var fields: [(String, String)] {
    switch self {
    case .text(let rule):
      var fields = [
        ("beams", "\(rule.beams)"), ("min", "\(rule.minLength)"), ("max", "\(rule.maxLength)"),
        ("alpha", "\(rule.lengthExponent)"),
      ]
      if !rule.prompt.isEmpty { fields.append(("prompt", escaped(rule.prompt))) }
      if rule.isTidied { fields.append(("tidy", "vatex")) }
      return fields
    case .ranking(let rule):
      return [
        ("rank", "\(rule.kept)"), ("answers", rule.answersDigest.map { "\($0.prefix(8))" } ?? "-"),
      ]
    case .matching(let rule):
      return [("k", "\(rule.shortlist)"), ("score", rule.addsSimilarity ? "itm+sim" : "itm")]
    case .box:
      return [("bins", "\(BoxRule.bins)")]
    case .classes(let rule):
      return [
        ("classes", rule.labels.map(escaped).joined(separator: ",")),
        ("convention", escaped(rule.convention)),
      ]
    }
  }

  /// A text of the user's as a part of one line: spaces become `_`, and what has a meaning in a
  /// signature, or none on a line, the hexadecimal of its bytes. Different texts stay different.
  private func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: " "): "_"
      case UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: "%"), ..<0x21,
        0x7F...:
        "%" + String(byte, radix: 16, uppercase: true)
      default: String(UnicodeScalar(byte))
      }
    }.joined()
  }
}
