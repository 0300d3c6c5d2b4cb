import Records

/// What ids are legal.
package enum IDForm: Sendable {
  case integer, string, either

  /// In words, for messages.
  fileprivate var text: String {
    switch self {
    case .integer: "an integer"
    case .string: "a string"
    case .either: "an integer or a string"
    }
  }
}

extension JSONReader {
  /// Reads an id of the form that is legal.
  ///
  /// - Parameter what: What errors call it, such as `"image_id"` in quotation marks.
  /// - Throws: `JSONError`, or `DatasetError.badRecord` for another form.
  mutating func readID(
    _ what: String, _ form: IDForm, index: Int,
    remedy: String = "write the id as the annotation file has it"
  ) throws -> SampleID {
    let before = self
    switch (try peek(), form) {
    case (.number, .integer), (.number, .either):
      if let id = try? readInt() { return .int(id) }
    case (.string, .string), (.string, .either): return .string(try readString())
    default: break
    }
    throw before.badRecord(
      index, "\(what) must be \(form.text), found \(before.foundText())", remedy: remedy)
  }
}
