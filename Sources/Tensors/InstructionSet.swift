import CTensors

/// The instructions that kernels use; all give the same results to the bit.
package enum InstructionSet: String, Sendable, CaseIterable {
  case scalar
  case avx2
  case avx512

  /// The instructions of a name, `scalar`, `avx2` or `avx512`.
  ///
  /// - Throws: `InstructionSetError` where there is no such name or the processor lacks them.
  package init(named name: String) throws(InstructionSetError) {
    guard let found = Self(rawValue: name) else {
      throw .unknownName(name, available: Self.available)
    }
    guard found.isAvailable else { throw .notAvailable(found, available: Self.available) }
    self = found
  }

  /// Whether this processor has them.
  package var isAvailable: Bool { ctensors_has(body) }

  /// Those that this processor has, the slowest first.
  package static var available: [InstructionSet] { allCases.filter(\.isAvailable) }

  /// The best that this processor has.
  package static var fastest: InstructionSet { available.last ?? .scalar }

  var body: ctensors_body {
    switch self {
    case .scalar: CTENSORS_SCALAR
    case .avx2: CTENSORS_AVX2
    case .avx512: CTENSORS_AVX512
    }
  }
}

/// What keeps instructions from being used.
package enum InstructionSetError: Error, Sendable, Equatable {
  /// There are none of this name.
  case unknownName(String, available: [InstructionSet])
  /// The processor lacks them.
  case notAvailable(InstructionSet, available: [InstructionSet])
}

extension InstructionSetError: CustomStringConvertible {
  /// One line: what, and how to mend it.
  package var description: String {
    func list(_ sets: [InstructionSet]) -> String {
      sets.map(\.rawValue).joined(separator: ", ")
    }
    switch self {
    case .unknownName(let name, let available):
      return "unknown instruction set \"\(name)\"; this processor has \(list(available))"
    case .notAvailable(let set, let available):
      return "this processor lacks \(set.rawValue); it has \(list(available))"
    }
  }
}
