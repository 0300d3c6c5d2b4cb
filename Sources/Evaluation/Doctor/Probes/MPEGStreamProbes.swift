/// MPEG transport streams: the sync byte of packets all over the file, and that the last is whole.
enum TransportStreamProbe: MediaProbe {
  private static let length = 188
  /// Blu-ray's variant puts a time of four bytes before each packet.
  private static let layouts = [(start: 0, step: length), (start: 4, step: length + 4)]

  static func recognises(_ start: [UInt8]) -> Bool { layout(start) != nil }

  static func check(_ file: ProbeFile) throws {
    guard let layout = layout(file.start) else { return }
    let packets = file.size / layout.step
    // Up to a thousand packets, evenly spread.
    for index in stride(from: 0, to: packets, by: max(1, packets / 1000)) {
      let offset = layout.start + index * layout.step
      guard try file.bytes(at: offset, upTo: 1).first == 0x47 else {
        throw MediaDamage.damaged(what: "no packet where one must begin", offset: offset)
      }
    }
    guard file.size % layout.step == 0 else {
      throw MediaDamage.truncated(what: "the last packet is not whole", offset: file.size)
    }
  }

  /// The layout in which the first bytes are packets: at least two of them.
  private static func layout(_ start: [UInt8]) -> (start: Int, step: Int)? {
    layouts.first { layout in
      let places = stride(from: layout.start, to: start.count, by: layout.step)
      return start.count > layout.step + layout.start && places.allSatisfy { start[$0] == 0x47 }
    }
  }
}

/// MPEG program streams: the pack header, and a video packet within the first megabyte. They have no
/// length and need no end code: where one is cut off nothing shows.
enum ProgramStreamProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: [0, 0, 1, 0xBA]) }

  static func check(_ file: ProbeFile) throws {
    var offset = 4
    while let place = try file.firstIndex(of: 1, from: offset), place < 1 << 20 {
      let code = try file.bytes(at: place - 2, upTo: 4)
      if code.count == 4, code.prefix(3).elementsEqual([0, 0, 1]), let kind = code.last,
        (0xE0...0xEF).contains(kind)
      {
        return
      }
      offset = place + 1
    }
    throw MediaDamage.damaged(what: "no video packet within the first megabyte", offset: offset)
  }
}
