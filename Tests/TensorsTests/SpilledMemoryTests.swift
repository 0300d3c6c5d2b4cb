import Foundation
import Tensors
import Testing

@Suite struct SpilledMemoryTests {
  /// What is resident of files that are mapped, in KiB.
  private func residentFiles() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
    return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
  }

  @Test func whatLeftTheMemoryIsStillThere() throws {
    let engine = Engine(threads: 1)
    let (rows, width) = (4096, 2048)
    let matrix = engine.spilled(rows, width, beyond: 0)
    for row in 0..<rows {
      for column in 0..<width { matrix.row(row)[column] = Float(row ^ column) }
    }
    let before = try residentFiles()
    matrix.letGo()
    // 32 MiB, of which other tests may map some anew.
    #expect(try residentFiles() < before - 16 << 10)
    var sum = 0
    for row in stride(from: 0, to: rows, by: 7) {
      for column in 0..<width where matrix.row(row)[column] != Float(row ^ column) { sum += 1 }
    }
    #expect(sum == 0)
  }

  @Test func smallOnesAreOrdinaryMemory() {
    let engine = Engine(threads: 1)
    let matrix = engine.spilled(2, 2)
    matrix.pointer.update(from: [1, 2, 3, 4], count: 4)
    matrix.letGo()
    #expect(matrix.floats == [1, 2, 3, 4])
  }
}
