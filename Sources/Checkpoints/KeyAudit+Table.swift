import Records

extension KeyAudit {
  /// The audit as lines of a table: what, how many, which.
  ///
  /// - Parameter names: how many names of a group are shown; nil for all.
  package func table(names: Int? = 4) -> [String] {
    var rows: [(String, Int, [String])] = [("fit", fitting, [])]
    rows.append(("missing", missing.count, missing.map { "\($0.name) \($0.shape)" }))
    rows.append(
      (
        "of another shape", misshaped.count,
        misshaped.map { "\($0.expected.name) \($0.found), expected \($0.expected.shape)" }
      ))
    rows.append(("unknown", unknown.count, unknown))
    rows.append(
      (
        "tied and different", tiedDiffering.count,
        tiedDiffering.map { $0.joined(separator: " counts, not ") }
      ))
    rows += ignored.map { ("ignored", $0.names.count, [$0.reason]) }
    let width = rows.map(\.0.count).max() ?? 0
    let digits = rows.map { "\($0.1)".count }.max() ?? 0
    return rows.flatMap { what, count, all -> [String] in
      let number = "\(count)"
      let head =
        what + String(repeating: " ", count: width + 2 + digits - what.count - number.count)
        + number
      let shown = all.prefix(names ?? all.count)
      let indent = String(repeating: " ", count: width + digits + 4)
      var lines = ["\(head)  \(shown.first ?? "")".trimmingTrailingSpaces]
      lines += shown.dropFirst().map { indent + $0 }
      if all.count > shown.count { lines.append("\(indent)and \(all.count - shown.count) more") }
      return lines
    }
  }

  /// The audit as a JSON object, all names in it.
  package var record: JSONValue {
    func tensor(_ expected: ExpectedTensor) -> [(String, JSONValue)] {
      [("name", .string(expected.name)), ("expected", Self.shape(expected.shape))]
    }
    return .object(
      JSONObject([
        ("loadable", .bool(isLoadable)), ("fitting", .int(fitting)),
        ("missing", .array(missing.map { .object(JSONObject(tensor($0))) })),
        (
          "misshaped",
          .array(
            misshaped.map {
              .object(JSONObject(tensor($0.expected) + [("found", Self.shape($0.found))]))
            })
        ),
        ("unknown", .strings(unknown)),
        ("tied_differing", .array(tiedDiffering.map { .strings($0) })),
        (
          "ignored",
          .array(
            ignored.map {
              .object(
                JSONObject([("reason", .string($0.reason)), ("count", .int($0.names.count))]))
            })
        ),
      ]))
  }

  private static func shape(_ shape: [Int]) -> JSONValue { .array(shape.map { .int($0) }) }
}

extension String {
  /// Without spaces at the end.
  fileprivate var trimmingTrailingSpaces: String {
    String(decoding: utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
  }
}
