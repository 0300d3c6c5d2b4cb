import CPixels
import Foundation
import TestSupport
import Testing

/// The passes of resizing on rows that end where memory does: a byte read behind them is a crash.
@Suite struct PixelBoundsTests {
  /// Bytes that end with a page, behind which nothing can be read.
  private final class GuardedBytes {
    let start: UnsafeMutablePointer<UInt8>
    private let mapping: UnsafeMutableRawPointer
    private let length: Int

    init(_ count: Int) throws {
      let page = Int(getpagesize())
      let room = (count + page - 1) / page * page
      length = room + page
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
      mapping = try #require(mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0))
      try #require(mapping != MAP_FAILED && mprotect(mapping + room, page, PROT_NONE) == 0)
      start = (mapping + room - count).bindMemory(to: UInt8.self, capacity: count)
    }

    /// A copy; the memory is there at least until then.
    func bytes(_ count: Int) -> [UInt8] {
      withExtendedLifetime(self) { Array(UnsafeBufferPointer(start: start, count: count)) }
    }

    deinit { munmap(mapping, length) }
  }

  private static let bodies = [CPIXELS_SCALAR, CPIXELS_AVX2, CPIXELS_AVX512]

  /// Windows that move to the right, of lengths that grow and shrink: a later one may end before an
  /// earlier one does, once both are filled up to groups of four.
  private static func windows(
    _ width: Int, _ outputs: Int, _ random: inout TestRandom
  ) -> (first: [Int32], count: [Int32]) {
    let first = (0..<outputs).map { Int32($0 * width / outputs) }
    let count = first.map { Int32(1 + random.below(min(9, width - Int($0)))) }
    return (first, count)
  }

  @Test func rowsAtTheEndOfMemory() throws {
    var random = TestRandom(seed: 31)
    for width in 1...130 {
      for outputs in [1, 2, 5, 11, 16, 22, 40] {
        let rows = 1 + (width + outputs) % 5
        let (first, count) = Self.windows(width, outputs, &random)
        let taps = 12
        let weights = count.flatMap { count in
          (0..<taps).map { $0 < count ? Int32(random.below(1_000_000) - 300_000) : 0 }
        }
        let input = try GuardedBytes(3 * width * rows)
        for place in 0..<3 * width * rows { input.start[place] = UInt8(random.below(256)) }
        var results: [[UInt8]] = []
        for body in Self.bodies where cpixels_has(body) {
          let output = try GuardedBytes(3 * outputs * rows)
          var axis = cpixels_axis(
            outputs: outputs, taps: taps, first: nil, count: nil, weights: nil, packed: nil)
          first.withUnsafeBufferPointer { first in
            count.withUnsafeBufferPointer { count in
              weights.withUnsafeBufferPointer { weights in
                axis.first = first.baseAddress
                axis.count = count.baseAddress
                axis.weights = weights.baseAddress
                let size = cpixels_packed_size(body, &axis)
                withUnsafeTemporaryAllocation(byteCount: max(size, 1), alignment: 64) { packed in
                  if size > 0 {
                    cpixels_pack(body, &axis, packed.baseAddress)
                    axis.packed = UnsafeRawPointer(packed.baseAddress)
                  }
                  cpixels_horizontal(
                    body, &axis, input.start, 3 * width, width, output.start, 3 * outputs, rows)
                }
              }
            }
          }
          results.append(output.bytes(3 * outputs * rows))
        }
        withExtendedLifetime(input) {}
        #expect(results.allSatisfy { $0 == results[0] }, "\(width) to \(outputs)")
      }
    }
  }

  @Test func columnsAtTheEndOfMemory() throws {
    var random = TestRandom(seed: 32)
    for bytes in 1...390 {
      let count = 1 + bytes % 9
      let taps = (count + 3) / 4 * 4
      let weights = (0..<taps).map { $0 < count ? Int32(random.below(1_000_000) - 300_000) : 0 }
      let memory = try (0..<count).map { _ in try GuardedBytes(bytes) }
      for row in memory {
        for place in 0..<bytes { row.start[place] = UInt8(random.below(256)) }
      }
      let rows = (0..<taps).map { UnsafePointer<UInt8>?(memory[min($0, count - 1)].start) }
      var scratch = [UInt32](repeating: 0, count: taps)
      var results: [[UInt8]] = []
      for body in Self.bodies where cpixels_has(body) {
        let output = try GuardedBytes(bytes)
        cpixels_vertical(body, weights, rows, count, bytes, output.start, &scratch)
        results.append(output.bytes(bytes))
      }
      withExtendedLifetime(memory) {}
      #expect(results.allSatisfy { $0 == results[0] }, "\(bytes) bytes of \(count) rows")
    }
  }
}
