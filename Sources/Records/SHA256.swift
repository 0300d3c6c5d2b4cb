import CSHA256

/// SHA-256 (FIPS 180-4) of bytes that come in pieces.
package struct SHA256: Sendable {
  /// Which of the bodies computes; all give the same digests.
  package enum Body: Sendable, CaseIterable {
    /// The fastest that this processor has.
    case fastest
    /// Plain C.
    case scalar
    /// The SHA extensions of x86 processors.
    case x86

    var code: csha256_body {
      switch self {
      case .fastest: CSHA256_FASTEST
      case .scalar: CSHA256_SCALAR
      case .x86: CSHA256_X86_SHA
      }
    }
  }

  private var context = csha256_context()

  package init(body: Body = .fastest) { csha256_begin(&context, body.code) }

  /// Takes more bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    csha256_update(&context, bytes.baseAddress, bytes.count)
  }

  /// Takes more bytes.
  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The 32 bytes of the digest of all that was taken so far; more can be taken after it.
  package var digest: [UInt8] {
    var copy = context
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      csha256_finish(&copy, buffer.baseAddress)
      count = 32
    }
  }

  /// The digest in 64 lower-case hexadecimal digits.
  package var hexDigest: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of some bytes, in hexadecimal.
  package static func hexDigest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest
  }

  /// The digest of a file, in hexadecimal; the file is never in memory as a whole.
  ///
  /// - Throws: `RecordError`: there is no such file, or it cannot be read.
  package static func hexDigest(ofFile path: String) throws -> String {
    hexDigest(of: try MappedFile(path, sequential: true))
  }

  /// The digest of a file that is open, in hexadecimal; its pages are given back on the way.
  package static func hexDigest(of file: MappedFile) -> String {
    var hash = SHA256()
    let bytes = UnsafeRawBufferPointer(file.bytes)
    let step = 4 << 20
    for start in stride(from: 0, to: bytes.count, by: step) {
      let end = min(bytes.count, start + step)
      hash.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      file.release(upTo: end)
    }
    return withExtendedLifetime(file) { hash.hexDigest }
  }
}
