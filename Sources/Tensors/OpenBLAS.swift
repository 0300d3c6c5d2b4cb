import CTensors

/// OpenBLAS, loaded at run time: another maker of products, against which ours are checked.
///
/// Its sums run in an order of its own that depends on the processor and on the sizes: results agree
/// with ours to rounding, not to the bit.
package struct OpenBLAS: Sendable {
  /// The kernels that it uses, for example `Haswell`; the environment's `OPENBLAS_CORETYPE` chooses
  /// others.
  package let core: String
  /// Its version and how it was built.
  package let configuration: String
  /// Functions and texts of a library that is never unloaded.
  private nonisolated(unsafe) let library: ctensors_openblas

  /// Loads the library and makes it work on the calling thread alone.
  ///
  /// - Throws: `OpenBLASError` where it is not installed.
  package init() throws(OpenBLASError) {
    var library = ctensors_openblas()
    if let reason = ctensors_openblas_load(&library) {
      throw .notFound(reason: String(cString: reason))
    }
    self.library = library
    core = library.core.map { String(cString: $0) } ?? "unknown"
    configuration = library.configuration.map { String(cString: $0) } ?? "unknown"
  }

  /// A product whose second matrix is not packed.
  func multiply(
    _ product: ctensors_product, _ second: UnsafePointer<Float>, stride: Int,
    layout: ctensors_layout, body: ctensors_body
  ) {
    withUnsafePointer(to: library) { library in
      withUnsafePointer(to: product) {
        ctensors_openblas_multiply(library, body, $0, second, stride, layout)
      }
    }
  }
}

/// What keeps OpenBLAS from being used.
package enum OpenBLASError: Error, Sendable, Equatable {
  /// There is no such library, or it lacks a function.
  case notFound(reason: String)
  /// There is no maker of products of this name.
  case unknownName(String)
}

extension OpenBLASError: CustomStringConvertible {
  /// One line: what, and how to mend it.
  package var description: String {
    switch self {
    case .notFound(let reason):
      "OpenBLAS cannot be used (\(reason)); apt-get install libopenblas0, or leave it out"
    case .unknownName(let name):
      "unknown maker of products \"\(name)\"; take kernels or openblas"
    }
  }
}
