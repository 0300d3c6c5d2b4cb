/// `str.lower()` of Python 3 on UTF-8 bytes: the full mapping (U+0130 becomes two scalars), and a
/// capital sigma at the end of a word becomes the final small sigma.
///
/// The mapping of scalars is the Swift library's Unicode version, which knows letters of a few
/// scripts that Python 3.11 does not.
///
/// Source: CPython, `do_lower` and `handle_capital_sigma` in `unicodeobject.c`.
package enum PythonLowercase {
  /// Appends the lower-cased text to some bytes.
  package static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    guard let plain = text.firstIndex(where: { $0 >= 0x80 }) else {
      for byte in text { output.append(lower(byte)) }
      return
    }
    for byte in text[..<plain] { output.append(lower(byte)) }
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    for index in plain..<scalars.count {
      let scalar = scalars[index]
      if scalar.isASCII {
        output.append(lower(UInt8(truncatingIfNeeded: scalar.value)))
      } else if scalar == "\u{3A3}" {
        output.append(contentsOf: (isFinal(index, in: scalars) ? "\u{3C2}" : "\u{3C3}").utf8)
      } else {
        output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
  }

  /// The lower-cased text.
  package static func lowercased(_ text: String) -> String {
    var text = text
    var output: [UInt8] = []
    text.withUTF8 { append($0, to: &output) }
    return String(decoding: output, as: UTF8.self)
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Whether a cased letter comes before and none after, case-ignorable scalars left out.
  private static func isFinal(_ index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let ignorable = { (scalar: Unicode.Scalar) in scalar.properties.isCaseIgnorable }
    guard let before = scalars[..<index].last(where: { !ignorable($0) }),
      before.properties.isCased
    else { return false }
    let after = scalars[(index + 1)...].first { !ignorable($0) }
    return after.map { !$0.properties.isCased } ?? true
  }
}
