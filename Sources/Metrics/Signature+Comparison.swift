extension Signature {
  /// Reads what `description` wrote; a piece without a colon has an empty value.
  public init(parsing text: String) {
    let pieces = text.split(separator: "|", omittingEmptySubsequences: false)
    self.init(pieces.first.map(String.init) ?? "")
    for piece in pieces.dropFirst() {
      guard let colon = piece.firstIndex(of: ":") else {
        self = adding(String(piece), "")
        continue
      }
      self = adding(String(piece[..<colon]), String(piece[piece.index(after: colon)...]))
    }
  }

  /// The first value of a key; nil where it is not stated.
  public subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

  /// What makes two numbers incomparable, in words: each field that one has and the other has not,
  /// or has otherwise. Empty if they were measured in one way.
  ///
  /// Three fields do not count: how many samples stand behind the number, how many references those
  /// have (which the samples decide), and the digest of values that another program computed.
  public func differences(from other: Signature) -> [String] {
    var found: [String] = []
    if metric != other.metric { found.append("\(metric) against \(other.metric)") }
    let (own, others) = (wayOfMeasuring, other.wayOfMeasuring)
    var keys: [String] = []
    for field in own + others where !keys.contains(field.key) { keys.append(field.key) }
    for key in keys {
      let left = own.filter { $0.key == key }.map(\.value).joined(separator: ",")
      let right = others.filter { $0.key == key }.map(\.value).joined(separator: ",")
      if !left.utf8.elementsEqual(right.utf8) {
        found.append("\(key):\(left.isEmpty ? "-" : left) against \(right.isEmpty ? "-" : right)")
      }
    }
    return found
  }

  private var wayOfMeasuring: [Field] {
    // The number of samples stands behind the split; `n` before it is a setting.
    let split = fields.firstIndex { $0.key == "split" } ?? fields.endIndex
    return fields.enumerated().filter { place, field in
      switch field.key {
      case "nrefs", "external": false
      case "n", "partial": place < split
      default: true
      }
    }.map(\.element)
  }
}
