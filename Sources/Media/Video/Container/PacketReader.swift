import CLibAV

/// Reads the packets of a container a second time and knows for each which one it is.
final class PacketReader {
  /// The packet that was read last.
  let packet: UnsafeMutablePointer<AVPacket>

  private let container: Container
  private let index: PacketIndex
  /// The number of the packet that `read` gives next; nil where that is not known.
  private var next: Int?
  /// Whether that packet is in `packet` already: a look at it told where a seek led to.
  private var isHeld = false

  /// - Parameter isAtStart: whether nothing was read of the container yet.
  /// - Throws: `MediaError` where there is no memory.
  init(_ container: Container, _ index: PacketIndex, isAtStart: Bool) throws {
    guard let packet = av_packet_alloc() else {
      throw MediaError.noMemory(file: container.file.path, what: "a packet")
    }
    self.packet = packet
    self.container = container
    self.index = index
    next = isAtStart ? 0 : nil
  }

  deinit {
    var freed: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&freed)
  }

  /// Reads on.
  ///
  /// - Returns: the packet's number in decoding order; nil at the end, and where the packet is not
  ///   the one that the first reading found there.
  /// - Throws: `MediaError`.
  func read() throws -> Int? {
    guard let number = next else { return nil }
    next = nil
    if !isHeld {
      guard number < index.count, try container.read(into: packet), isEntry(number) else {
        return nil
      }
    }
    isHeld = false
    next = number + 1
    return number
  }

  /// Reads on without a look at which packet it is.
  ///
  /// - Returns: false at the end.
  /// - Throws: `MediaError`.
  func readUnchecked() throws -> Bool {
    next = nil
    if isHeld {
      isHeld = false
      return true
    }
    return try container.read(into: packet)
  }

  /// Makes `read` give a packet next: by reading on if it is near, by a seek otherwise.
  ///
  /// - Returns: false where that packet is not found again.
  /// - Throws: `MediaError`.
  func move(to target: Int) throws -> Bool {
    if let next, next <= target, target - next < Self.near { return try readOn(to: target) }
    let entry = index.entries[target]
    for time in [entry.decodingTime, entry.time] {
      if let time, container.seek(to: time), try land(atOrBefore: target) {
        return try readOn(to: target)
      }
    }
    // The start can be found where nothing else can.
    if container.seekToFirstByte(), try land(atOrBefore: 0) { return try readOn(to: target) }
    return false
  }

  /// Below that many packets, reading them is cheaper than finding another place.
  private static let near = 8

  /// Finds out where a seek led to.
  private func land(atOrBefore target: Int) throws -> Bool {
    next = nil
    isHeld = false
    guard try container.read(into: packet),
      let number = (0...target).last(where: { isEntry($0) })
    else { return false }
    next = number
    isHeld = true
    return true
  }

  private func readOn(to target: Int) throws -> Bool {
    while let next, next < target {
      guard try read() != nil else { return false }
    }
    return next == target
  }

  /// Whether the packet is the one that the first reading found in that place. Decoding times are
  /// not compared: where the container has none, FFmpeg makes them up from what it read before.
  private func isEntry(_ number: Int) -> Bool {
    let entry = index.entries[number]
    guard packet.pointee.pos == entry.position, packet.pointee.size == entry.size else {
      return false
    }
    return index.shown == nil || entry.time == packet.pointee.pts
  }
}
