/// What mPLUG does to questions, captions and phrases before they are tokenised, and to captions
/// afterwards.
///
/// Source: `dataset/utils.py`, `vqa_dataset.py`, `grounding_dataset.py`
/// and `videocap_vatex_mplug.py` of the reference.
public enum MPLUGTextCleaning {
  /// The reference's `pre_question`: lower-cased, punctuation removed, `-` and `/` made spaces, cut
  /// to some words.
  ///
  /// Quirks kept: only spaces at the right end are stripped, and words are what stands between single
  /// spaces, so that two spaces hold an empty word that counts.
  public static func question(_ text: String, words limit: Int) -> String {
    var bytes = withoutPunctuation(text)
    while bytes.last == 0x20 { bytes.removeLast() }
    return firstWords(bytes, limit)
  }

  /// The reference's `pre_caption`: as `question`, with `<person>` made `person` and white space of
  /// two or more characters made one space.
  public static func caption(_ text: String, words limit: Int) -> String {
    var bytes = singlySpaced(replacingPerson(withoutPunctuation(text)))[...]
    while bytes.last == 0x0A { bytes.removeLast() }
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return firstWords(Array(bytes), limit)
  }

  /// The text that the VQA reader makes of a question and what was found in its image.
  ///
  /// - Parameters:
  ///   - ocr: the words read in the image; empty without them, which appends nothing.
  ///   - ocrWords: how many words of them are kept.
  ///   - objectLabel: labels joined by `&&`; nil appends nothing, an empty text appends ` [SEP] `.
  public static func question(
    _ text: String, ocr: [String], ocrWords: Int = mostOCRWords, objectLabel: String?
  ) -> String {
    var result = text
    if !ocr.isEmpty {
      result += " [SEP] " + question(ocr.joined(separator: " "), words: ocrWords)
    }
    if let objectLabel {
      let bytes = Array(objectLabel.utf8)
      var labels: [UInt8] = []
      var index = 0
      while index < bytes.count {
        let isMark = bytes[index...].starts(with: [0x26, 0x26])
        labels.append(isMark ? 0x20 : bytes[index])
        index += isMark ? 2 : 1
      }
      result += " [SEP] " + String(decoding: labels, as: UTF8.self)
    }
    return result
  }

  /// How many words of the text read in an image are kept.
  public static let mostOCRWords = 30

  /// A video caption as it is scored: ` .` appended, lead-ins such as `a picture of` removed.
  public static func videoCaption(_ decoded: String) -> String {
    VATEXCaptionCleaning.cleaned(decoded + " .")
  }

  private static let removed = Set(",.'!?\"()*#:;~".utf8)

  private static func withoutPunctuation(_ text: String) -> [UInt8] {
    PythonLowercase.lowercased(text).utf8.compactMap { byte in
      if removed.contains(byte) { return nil }
      return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") ? 0x20 : byte
    }
  }

  private static func replacingPerson(_ bytes: [UInt8]) -> [UInt8] {
    let tag = Array("<person>".utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let isTag = bytes[index] == tag[0] && bytes[index...].starts(with: tag)
      if isTag { result += tag[1..<tag.count - 1] } else { result.append(bytes[index]) }
      index += isTag ? tag.count : 1
    }
    return result
  }

  /// Every run of two or more white-space characters made one space; a single one stays.
  private static func singlySpaced(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      var index = 0
      while index < bytes.count {
        var (end, characters) = (index, 0)
        while end < bytes.count {
          let length = PythonWhitespace.length(at: end, in: bytes)
          if length == 0 { break }
          end += length
          characters += 1
        }
        if characters == 0 { end = index + 1 }
        if characters > 1 { result.append(0x20) } else { result += bytes[index..<end] }
        index = end
      }
      return result
    }
  }

  private static func firstWords(_ bytes: [UInt8], _ limit: Int) -> String {
    bytes.withUnsafeBufferPointer { bytes in
      let words = PythonWhitespace.splitAtSpaces(bytes)
      guard words.count > limit else { return String(decoding: bytes, as: UTF8.self) }
      let end = limit > 0 ? words[limit - 1].upperBound : 0
      return String(decoding: bytes[..<end], as: UTF8.self)
    }
  }
}
