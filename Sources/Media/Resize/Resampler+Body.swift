import CPixels

extension Resampler {
  /// Which of the bodies computes; all give the same bytes.
  package enum Body: Sendable, CaseIterable {
    /// The fastest that this processor has.
    case fastest
    /// Plain C, the truth.
    case scalar
    /// Four rows at a time, or 32 bytes of a row.
    case avx2
    /// Four rows of 16 bytes at a time, or 64 bytes of a row, by byte dot products.
    case avx512

    /// Whether this processor has it; otherwise the scalar one computes.
    package var isThere: Bool { cpixels_has(code) }

    var code: cpixels_body {
      switch self {
      case .fastest: CPIXELS_FASTEST
      case .scalar: CPIXELS_SCALAR
      case .avx2: CPIXELS_AVX2
      case .avx512: CPIXELS_AVX512
      }
    }
  }
}
