import Media
import TestSupport
import Testing

@Suite struct DecodePlanTests {
  /// One packet for each letter, its picture shown in its letter's order: capitals are starts, those
  /// behind a dot are droppable, those behind a dash hidden.
  private func index(_ text: String) -> PacketIndex {
    var entries: [PacketIndex.Entry] = []
    var (isDroppable, isHidden) = (false, false)
    for letter in text.unicodeScalars {
      switch letter {
      case ".": isDroppable = true
      case "-": isHidden = true
      default:
        var picture = CodedPicture()
        picture.showsOnePicture = true
        picture.isStart = letter.properties.isUppercase
        picture.isDroppable = isDroppable
        let time = Int64(letter.properties.lowercaseMapping.unicodeScalars.first?.value ?? 0)
        entries.append(
          PacketIndex.Entry(time: time, isHidden: isHidden, picture: picture))
        (isDroppable, isHidden) = (false, false)
      }
    }
    return PacketIndex(entries, hasTimes: true)
  }

  private func plan(_ text: String, _ wanted: [Int]) throws -> [DecodePlan.Segment] {
    let index = index(text)
    let shown = try #require(index.shown)
    return DecodePlan(wanted: wanted, shown: shown, entries: index.entries).segments
  }

  @Test func presentationOrder() throws {
    #expect(index("AdbcHefg").shown == [0, 2, 3, 1, 5, 6, 7, 4])
    #expect(index("Ab-cd").shown == [0, 1, 3])
    #expect(index("").shown == nil)
  }

  /// Where the times leave something open, they are not relied on.
  @Test func unreliable() {
    #expect(index("abc").shown == nil)
    #expect(index("Abbc").shown == nil)
    #expect(index("Bac").shown == nil)
    #expect(index("AbdCe").shown == nil)
    var entries = index("Abc").entries
    entries[1].time = nil
    #expect(PacketIndex(entries, hasTimes: true).shown == nil)
    entries = index("Abc").entries
    entries[2].picture.showsOnePicture = false
    #expect(PacketIndex(entries, hasTimes: true).shown == nil)
    entries = index("Abc").entries
    entries[2].picture.breaksSequence = true
    #expect(PacketIndex(entries, hasTimes: true).shown == nil)
    #expect(PacketIndex(index("Abc").entries, hasTimes: false).shown == nil)
  }

  @Test func oneSegmentWhereNothingCanBeLeftOut() throws {
    #expect(try plan("Abcdef", [0, 5]) == [.init(packets: 0...5, wanted: [0, 5])])
    #expect(try plan("AbcDef", [1, 2, 3]) == [.init(packets: 0...3, wanted: [1, 2, 3])])
  }

  @Test func beginsAtTheLastStart() throws {
    #expect(try plan("AbcDefGhi", [7]) == [.init(packets: 6...7, wanted: [7])])
    #expect(
      try plan("AbcDefGhi", [0, 7]) == [
        .init(packets: 0...0, wanted: [0]), .init(packets: 6...7, wanted: [7]),
      ])
  }

  /// Leading pictures stand behind a start and are shown before it.
  @Test func leadingPicturesBeginBeforeTheirStart() throws {
    #expect(try plan("AbFdeg", [2]) == [.init(packets: 0...3, wanted: [2])])
    #expect(try plan("AbFdeg", [4]) == [.init(packets: 2...2, wanted: [4])])
    #expect(try plan("AbFdeg", [5]) == [.init(packets: 2...5, wanted: [5])])
  }

  @Test func parametersThatComeWithThePictures() {
    var entries = index("AbCdEf").entries
    entries[2].picture.hasParameters = true
    let starts = PacketIndex(entries, hasTimes: true).entries.map(\.picture.isStart)
    #expect(starts == [true, false, true, false, false, false])
  }

  @Test func higherLayersMayNeedLowerOnes() {
    var entries = index("A.b.c").entries
    entries[2].picture.temporalLayer = 1
    let droppable = PacketIndex(entries, hasTimes: true).entries.map(\.picture.isDroppable)
    #expect(droppable == [false, false, true])
  }

  /// Each wanted picture is in one segment, which begins at a start and reaches its packet.
  @Test func laws() throws {
    var random = TestRandom(seed: 11)
    var planned = 0
    for _ in 0..<2000 {
      var entries: [PacketIndex.Entry] = []
      for place in 0..<(1 + random.below(40)) {
        var picture = CodedPicture()
        picture.showsOnePicture = true
        picture.isStart = place == 0 || random.below(5) == 0
        let time = place == 0 ? 0 : Int64(10 * place + random.below(picture.isStart ? 60 : 25))
        entries.append(PacketIndex.Entry(time: time, picture: picture))
      }
      guard let shown = PacketIndex(entries, hasTimes: true).shown else { continue }
      planned += 1
      let wanted = shown.indices.filter { _ in random.below(3) == 0 }
      let segments = DecodePlan(wanted: wanted, shown: shown, entries: entries).segments
      #expect(segments.flatMap(\.wanted) == wanted)
      #expect(
        zip(segments, segments.dropFirst()).allSatisfy {
          $0.packets.upperBound < $1.packets.lowerBound
        })
      for segment in segments {
        #expect(entries[segment.packets.lowerBound].picture.isStart)
        #expect(segment.wanted.map { shown[$0] }.max() == segment.packets.upperBound)
        for place in segment.wanted {
          #expect(segment.packets.contains(shown[place]))
          let start = try #require(entries[segment.packets.lowerBound].time)
          #expect(try #require(entries[shown[place]].time) >= start)
        }
      }
    }
    #expect(planned > 100)
  }
}
