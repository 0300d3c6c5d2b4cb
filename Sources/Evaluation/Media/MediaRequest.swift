import Datasets

/// An image or a clip that is to be read.
package struct MediaRequest: Sendable {
  /// What it is.
  package let reference: MediaReference
  /// Where it lies; as the data set names it where it was not found.
  package let path: String
  /// Whether it was found.
  package let isThere: Bool

  /// Puts a request together.
  package init(reference: MediaReference, path: String, isThere: Bool = true) {
    self.reference = reference
    self.path = path
    self.isThere = isThere
  }
}

extension MediaLocation {
  /// Requests for references, in their order, whether they were found or not.
  package func requests(for references: [MediaReference]) -> [MediaRequest] {
    let paths = Dictionary(
      found.map { ($0.reference, $0.path) }, uniquingKeysWith: { first, _ in first })
    return references.map { reference in
      MediaRequest(
        reference: reference, path: paths[reference] ?? reference.path,
        isThere: paths[reference] != nil)
    }
  }
}
