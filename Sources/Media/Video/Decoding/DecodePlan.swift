/// Which packets are decoded to get some pictures, and where decoding begins anew.
package struct DecodePlan: Equatable {
  /// Packets that are decoded one after the other.
  package struct Segment: Equatable {
    /// The packets to read: the first can be decoded without those before it.
    package var packets: ClosedRange<Int>
    /// Which pictures are wanted of it: places in presentation order, ascending.
    package var wanted: [Int]

    /// Takes packets and what is wanted of them.
    package init(packets: ClosedRange<Int>, wanted: [Int]) {
      self.packets = packets
      self.wanted = wanted
    }
  }

  /// In ascending order, without overlap.
  package private(set) var segments: [Segment] = []

  /// Plans with the fewest packets to decode.
  ///
  /// - Parameters:
  ///   - wanted: places in presentation order, ascending, each once, all within `shown`.
  ///   - shown: entries in presentation order.
  package init(wanted: [Int], shown: [Int], entries: [PacketIndex.Entry]) {
    for place in wanted {
      let last = shown[place]
      let start = Self.start(for: last, entries)
      if let current = segments.last, start <= current.packets.upperBound + 1 {
        segments[segments.count - 1].packets =
          current.packets.lowerBound...max(current.packets.upperBound, last)
        segments[segments.count - 1].wanted.append(place)
      } else {
        segments.append(Segment(packets: start...last, wanted: [place]))
      }
    }
  }

  /// The last packet from which a picture can be decoded.
  private static func start(for target: Int, _ entries: [PacketIndex.Entry]) -> Int {
    guard let time = entries[target].time else { return 0 }
    return (0...target).last { place in
      let entry = entries[place]
      // A picture that is shown before the start may need what comes before it in the file.
      return entry.picture.isStart && (entry.time ?? .max) <= time
    } ?? 0
  }
}
