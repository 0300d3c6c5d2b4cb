import CSHA256

/// SHA-256, in pieces or of a whole.
///
/// Source: FIPS 180-4.
package struct SHA256 {
  /// How blocks are computed; a test can force one.
  package enum Body: Sendable {
    /// Plain C.
    case scalar
    /// The processor's SHA instructions.
    case shaExtensions

    /// The fastest one here.
    package static let best: Body =
      csha256_best() == CSHA256_SHA_NI ? .shaExtensions : .scalar

    fileprivate var code: csha256_body {
      self == .scalar ? CSHA256_SCALAR : CSHA256_SHA_NI
    }
  }

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet.
  private var pending: [UInt8] = []
  private var byteCount = 0
  private let body: Body

  package init(body: Body = .best) { self.body = body }

  /// Takes more bytes.
  package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    byteCount += bytes.count
    var rest = bytes[...]
    if !pending.isEmpty {
      let missing = min(64 - pending.count, rest.count)
      pending.append(contentsOf: rest.prefix(missing))
      rest = rest.dropFirst(missing)
      guard pending.count == 64 else { return }
      pending.withUnsafeBufferPointer { fold($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    fold(UnsafeBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The digest of everything taken, as 64 hexadecimal digits.
  package consuming func hexDigest() -> String {
    let bits = UInt64(byteCount) * 8
    var end: [UInt8] = pending + [0x80]
    while end.count % 64 != 56 { end.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      end.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    end.withUnsafeBufferPointer { fold($0) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func fold(_ blocks: UnsafeBufferPointer<UInt8>) {
    guard let start = blocks.baseAddress, blocks.count >= 64 else { return }
    let code = body.code
    state.withUnsafeMutableBufferPointer { state in
      guard let words = state.baseAddress else { return }
      csha256_blocks(code, words, start, blocks.count / 64)
    }
  }

  /// The digest of some bytes.
  package static func hexDigest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    bytes.withUnsafeBufferPointer { hash.update($0) }
    return hash.hexDigest()
  }

  /// The digest of a file's content.
  package static func hexDigest(of file: MappedFile) -> String {
    var hash = SHA256()
    hash.update(file.bytes)
    return hash.hexDigest()
  }
}
