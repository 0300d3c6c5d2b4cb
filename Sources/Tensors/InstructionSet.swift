import CTensors

/// The instructions that kernels use; all give the same results to the bit.
package enum InstructionSet: String, Sendable, CaseIterable {
  case scalar
  case avx2
  case avx512

  /// Whether this processor has them.
  package var isAvailable: Bool { ctensors_has(body) }

  /// The best that this processor has.
  package static var fastest: InstructionSet { allCases.last(where: \.isAvailable) ?? .scalar }

  var body: ctensors_body {
    switch self {
    case .scalar: CTENSORS_SCALAR
    case .avx2: CTENSORS_AVX2
    case .avx512: CTENSORS_AVX512
    }
  }
}
