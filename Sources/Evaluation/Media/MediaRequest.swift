import Datasets

/// An image or a clip that is to be read.
package struct MediaRequest: Sendable {
  /// What it is.
  package let reference: MediaReference
  /// Where it lies, or where it should.
  package let path: String
  /// Whether it was found.
  package let isThere: Bool
}

extension MediaLocation {
  /// Requests for references, in their order, whether they were found or not.
  package func requests(for references: [MediaReference]) -> [MediaRequest] {
    let paths = Dictionary(
      found.map { ($0.reference, $0.path) }, uniquingKeysWith: { first, _ in first })
    let folder = triedLayouts.first?.folder
    return references.map { reference in
      MediaRequest(
        reference: reference,
        path: paths[reference] ?? folder.map { "\($0)/\(reference.path)" } ?? reference.path,
        isThere: paths[reference] != nil)
    }
  }
}
