import Datasets
import Foundation
import Reporting
import TestSupport
import Testing

/// The published numbers that the repository carries.
@Suite struct PublishedResultsTests {
  private static func all() throws -> [PublishedResults] {
    let folder = Golden.root.appendingPathComponent("benchmarks/published").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".yaml") && $0 != "tables.yaml" }
      .map { name in
        try #require(try PublishedResults.of(benchmark: String(name.dropLast(".yaml".count))))
      }
  }

  @Test func everyFileDecodes() throws {
    let files = try Self.all()
    #expect(files.count == 14)
    #expect(Set(files.map(\.benchmark)).count == 14)
    #expect(try PublishedResults.of(benchmark: "nothing") == nil)
    let rows = files.flatMap(\.rows)
    func values(_ rows: [PublishedResults.Row]) -> Int { rows.reduce(0) { $0 + $1.values.count } }
    #expect(values(rows) == 451)
    #expect(values(rows.filter(\.isVerified)) == 376)
    #expect(values(rows.filter { !$0.isVerified }) == 75)
  }

  @Test func everyRowSaysWhereItComesFrom() throws {
    for file in try Self.all() {
      for row in file.rows {
        #expect((row.verified == nil) != (row.unverified == nil), "\(file.benchmark) \(row.name)")
        #expect(row.isVerified == (row.verified != nil))
        #expect(!row.source.isEmpty && !row.protocol.isEmpty && !row.values.isEmpty)
        for (metric, value) in row.values {
          let number = try #require(Double(value), "\(file.benchmark) \(row.name) \(metric)")
          #expect((0..<300).contains(number))
        }
      }
    }
  }

  /// A file carries the name that `of(benchmark:)` finds it by, and splits that the card has.
  @Test func namesAgreeWithTheCards() throws {
    for card in try BenchmarkRegistry.all() where card.embedded != true {
      let results = try #require(try PublishedResults.of(benchmark: card.name))
      #expect(results.benchmark == card.name)
      for row in results.rows {
        #expect(card.split(named: row.split) != nil, "\(card.name)/\(row.split)")
      }
      #expect(results.rows.contains { $0.values[card.primary] != nil && $0.isVerified })
    }
  }
}
