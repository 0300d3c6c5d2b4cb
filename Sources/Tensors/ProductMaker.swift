/// Who makes products of matrices.
package enum ProductMaker: Sendable {
  /// Our kernels: the same bits whatever the threads, the batch and the instructions.
  case kernels
  /// OpenBLAS, one thread a call, over the same parts of a product.
  case openBLAS(OpenBLAS)

  /// The maker of a name, `kernels` or `openblas`.
  ///
  /// - Throws: `OpenBLASError` where there is no such name or the library is not installed.
  package init(named name: String) throws(OpenBLASError) {
    switch name {
    case "kernels": self = .kernels
    case "openblas": self = .openBLAS(try OpenBLAS())
    default: throw .unknownName(name)
    }
  }

  /// The library, where it is the one.
  var library: OpenBLAS? {
    switch self {
    case .kernels: nil
    case .openBLAS(let library): library
    }
  }
}
