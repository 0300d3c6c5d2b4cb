import Checkpoints
import Records
import Testing

@Suite struct KeyAuditTests {
  private static let expected = [
    ExpectedTensor("a.weight", [2, 3]), ExpectedTensor("a.bias", [2]),
    ExpectedTensor("b.weight", [4]),
  ]

  private static func audit(_ found: [ExpectedTensor]) -> KeyAudit {
    KeyAudit(file: "some.pth", expected: expected, found: found, tiedDiffering: [["x", "y"]]) {
      $0.hasPrefix("old.") ? "old things" : $0.hasPrefix("more.") ? "more things" : nil
    }
  }

  @Test func allThatFits() throws {
    let audit = Self.audit(
      Self.expected + [
        ExpectedTensor("old.1", [1]), ExpectedTensor("more.1", [1]), ExpectedTensor("more.2", [1]),
      ])
    #expect(audit.isLoadable && audit.fitting == 3 && audit.unknown == [])
    #expect(audit.ignored.map(\.reason) == ["more things", "old things"])
    #expect(audit.ignored.first?.names == ["more.1", "more.2"])
    try audit.requireLoadable()
    #expect(audit.record["loadable"]?.bool == true && audit.record["fitting"]?.int == 3)
  }

  @Test func whatDoesNotFit() throws {
    let audit = Self.audit([
      ExpectedTensor("a.weight", [3, 2]), ExpectedTensor("b.weights", [4]),
      ExpectedTensor("a.bias", [2]),
    ])
    #expect(!audit.isLoadable && audit.fitting == 1)
    #expect(audit.missing == [ExpectedTensor("b.weight", [4])])
    #expect(audit.misshaped.map(\.found) == [[3, 2]])
    #expect(audit.unknown == ["b.weights"])
    do {
      try audit.requireLoadable(seeming: "it seems to be another") { name, unknown in
        name == "b.weight" ? unknown.first : nil
      }
      Issue.record("it was taken for loadable")
    } catch let error as CheckpointError {
      #expect(
        "\(error)" == "some.pth: lacks 1 of 3 tensors (b.weight (it has b.weights)) and has 1 of "
          + "another shape (a.weight [3, 2], expected [2, 3]): it seems to be another; "
          + "`mplug-eval convert FILE --inspect` prints the table of all its tensors")
    }
    #expect(
      audit.table() == [
        "fit                 1",
        "missing             1  b.weight [4]",
        "of another shape    1  a.weight [3, 2], expected [2, 3]",
        "unknown             1  b.weights",
        "tied and different  1  x counts, not y",
      ])
  }

  /// Near names are searched for among few and short ones, however many a file has.
  @Test func suggestionsAreBounded() throws {
    let audit = Self.audit(
      [ExpectedTensor(String(repeating: "u", count: 100_000), [1])]
        + (0..<5000).map { ExpectedTensor("u\($0)", [1]) })
    #expect(audit.unknown.count == 5001)
    var offered: [Int] = []
    #expect(throws: CheckpointError.self) {
      try audit.requireLoadable { _, unknown in
        offered.append(unknown.count)
        #expect(unknown.first == "u0")
        return nil
      }
    }
    #expect(!offered.isEmpty && offered.allSatisfy { $0 == 2000 })
  }

  @Test func longListsAreCutInTheTable() {
    let audit = Self.audit((0..<7).map { ExpectedTensor("u\($0)", [1]) })
    let table = audit.table(names: 2)
    #expect(table.filter { $0.contains("and 5 more") }.count == 1)
    #expect(audit.table(names: nil).filter { $0.contains("u6") }.count == 1)
    #expect(!table.contains { $0.contains("u6") })
  }
}
