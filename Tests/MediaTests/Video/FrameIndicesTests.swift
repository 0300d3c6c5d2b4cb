import Foundation
import Media
import Records
import TestSupport
import Testing

@Suite struct FrameIndicesTests {
  @Test func theStepIsCutDown() {
    #expect(FrameIndices.uniform(count: 8, of: 91) == [0, 11, 22, 33, 44, 55, 66, 77])
    #expect(FrameIndices.uniform(count: 4, of: 4) == [0, 1, 2, 3])
    #expect(FrameIndices.uniform(count: 1, of: 7) == [0])
  }

  @Test func tooFewFramesGiveTheFirst() {
    #expect(FrameIndices.uniform(count: 8, of: 5) == [0, 0, 0, 0, 0, 0, 0, 0])
    #expect(FrameIndices.uniform(count: 2, of: 1) == [0, 0])
  }

  @Test func nothingComesOfNothing() {
    #expect(FrameIndices.uniform(count: 8, of: 0) == [])
    #expect(FrameIndices.uniform(count: 0, of: 8) == [])
    #expect(FrameIndices.uniform(count: -1, of: -1) == [])
  }

  /// What was meant by the rule: the whole video, each frame once where there are enough.
  @Test func spreadOverTheWholeVideo() {
    #expect(FrameIndices.spread(count: 8, of: 91) == [0, 11, 22, 34, 45, 56, 68, 79])
    #expect(FrameIndices.spread(count: 8, of: 5) == [0, 0, 1, 1, 2, 3, 3, 4])
    #expect(FrameIndices.spread(count: 8, of: 0) == [])
    #expect(FrameIndices.spread(count: 0, of: 8) == [])
    let most = FrameIndices.spread(count: 4, of: .max)
    #expect(most == most.sorted() && most.count == 4)
    for (count, frames) in [(8, 91), (12, 300), (16, 7), (3, 3)] {
      #expect(
        FrameIndices.Rule.spread.indices(count: count, of: frames)
          == (0..<count).map { $0 * frames / count })
      #expect(
        FrameIndices.Rule.uniform.indices(count: count, of: frames)
          == FrameIndices.uniform(count: count, of: frames))
    }
  }

  /// Where numpy's rounding gives one index more, the smallest case of all.
  @Test func roundingGivesOneMore() {
    #expect(FrameIndices.uniform(count: 13, of: 15).count == 14)
    #expect(FrameIndices.uniform(count: 7, of: 17) == [0, 2, 4, 6, 8, 10, 12, 14])
  }
}

@Suite(.enabled(if: Golden.folder != nil)) struct FrameIndicesGoldenTests {
  private static func rule() throws -> JSONValue {
    let folder = try #require(Golden.folder)
    return try JSONFile.read(
      folder.appendingPathComponent("media/oracle/frame_index_rule.json").path)
  }

  private static func digest(_ indices: (Int, Int) -> [Int]) -> String {
    var lines = ""
    for count in [8, 12, 16] {
      for frames in 1...5000 {
        let list = indices(count, frames).map(String.init).joined(separator: ",")
        lines += "[\(count),\(frames),[\(list)]]\n"
      }
    }
    return SHA256.hexDigest(of: Array(lines.utf8))
  }

  @Test func allAreThoseOfTheReference() throws {
    let expected = try Self.rule()["digest"]?["sha256"]?.string
    #expect(Self.digest { FrameIndices.uniform(count: $0, of: $1) } == expected)
    // Steps that are added up before they are cut down are another rule.
    let spread = Self.digest { count, frames in
      (0..<count).map { $0 * frames / count }
    }
    #expect(spread != expected)
  }

  @Test func lengthsAreNumpys() throws {
    let items = try #require(try Self.rule()["length_exceptions"]?["items"]?.array)
    var exceptions: [[Int]: (Int, Int)] = [:]
    for item in items {
      let numbers = try #require(item.array).compactMap(\.int)
      exceptions[[numbers[1], numbers[0]]] = (numbers[2], numbers[3])
    }
    #expect(exceptions.count > 1000)
    for count in 1...64 {
      for frames in 1...2000 {
        let indices = FrameIndices.uniform(count: count, of: frames)
        let (length, last) =
          exceptions[[count, frames]] ?? (count, (count - 1) * (frames / count))
        if indices.count != length || indices.last != last {
          Issue.record("\(count) of \(frames): \(indices.count) indices, \(length) expected")
        }
      }
    }
  }
}
