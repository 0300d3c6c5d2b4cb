import CLibAV

/// The packets of a stream in the order in which they stand in the container and are decoded, and
/// the order in which their pictures are shown.
package struct PacketIndex {
  /// One packet.
  package struct Entry: Equatable {
    /// When its picture is shown, in the stream's time base; nil where the container does not say.
    package var time: Int64?
    /// When it is decoded, in the stream's time base; nil where the container does not say.
    package var decodingTime: Int64?
    /// Its place in the file; negative where it has none of its own.
    package var position: Int64
    /// How many bytes it has.
    package var size: Int32
    /// Whether it is decoded and not shown: an edit list cuts it off.
    package var isHidden: Bool
    /// What its bytes say.
    package var picture: CodedPicture

    /// Takes what is known of a packet.
    package init(
      time: Int64?, decodingTime: Int64? = nil, position: Int64 = -1, size: Int32 = 0,
      isHidden: Bool = false, picture: CodedPicture
    ) {
      self.time = time
      self.decodingTime = decodingTime
      self.position = position
      self.size = size
      self.isHidden = isHidden
      self.picture = picture
    }
  }

  /// All packets in decoding order.
  package let entries: [Entry]
  /// The entries whose pictures are shown, in presentation order: the i-th picture that a full decode
  /// shows is that of `entries[shown[i]]`. nil where the container's times do not tell.
  package let shown: [Int]?

  /// How many packets the stream has: decord's number of frames.
  package var count: Int { entries.count }

  /// Takes the packets of a stream.
  ///
  /// - Parameter hasTimes: whether the container is one whose times can be relied on.
  package init(_ entries: [Entry], hasTimes: Bool) {
    self.entries = Self.revised(entries)
    shown = hasTimes ? Self.presentation(of: self.entries) : nil
  }

  /// What a packet may be used for, in view of all the others.
  private static func revised(_ entries: [Entry]) -> [Entry] {
    let highest = entries.map(\.picture.temporalLayer).max() ?? 0
    // Where parameters come with the pictures, they may differ from those of the container's header.
    let needsParameters = entries.contains { $0.picture.hasParameters }
    var entries = entries
    for place in entries.indices {
      if entries[place].picture.temporalLayer < highest {
        entries[place].picture.isDroppable = false
      }
      if needsParameters, place > 0, !entries[place].picture.hasParameters {
        entries[place].picture.isStart = false
      }
    }
    return entries
  }

  private static func presentation(of entries: [Entry]) -> [Int]? {
    // Every picture must be accounted for: it has a time of its own, one packet is one picture, and
    // a decode from the start shows them all.
    guard let first = entries.first, first.picture.isStart, let start = first.time else {
      return nil
    }
    var order: [(time: Int64, place: Int)] = []
    var latest = start
    order.reserveCapacity(entries.count)
    for (place, entry) in entries.enumerated() {
      guard entry.picture.showsOnePicture, !entry.picture.breaksSequence, let time = entry.time
      else { return nil }
      // No picture before a start is shown after it.
      if place > 0, entry.picture.isStart, time <= latest { return nil }
      latest = max(latest, time)
      if entry.isHidden { continue }
      // Pictures shown before the first one that is coded may lack what they refer to.
      if time < start { return nil }
      order.append((time, place))
    }
    if zip(order, order.dropFirst()).contains(where: { $0.time > $1.time }) {
      order.sort { $0.time < $1.time }
    }
    guard !zip(order, order.dropFirst()).contains(where: { $0.time == $1.time }) else { return nil }
    return order.map(\.place)
  }

  /// Lists the packets of a container, which it reads to the end.
  ///
  /// - Throws: `MediaError`.
  static func read(_ container: Container) throws -> PacketIndex {
    guard let packet = av_packet_alloc() else {
      throw MediaError.noMemory(file: container.file.path, what: "a packet")
    }
    defer {
      var freed: UnsafeMutablePointer<AVPacket>? = packet
      av_packet_free(&freed)
    }
    let parameters = container.stream.pointee.codecpar.pointee
    let hasTimes =
      container.format.hasTimes && CodedPicture.canInspect(parameters.codec_id)
    let configuration = UnsafeMutableBufferPointer(
      start: parameters.extradata, count: Int(parameters.extradata_size))
    let lengthSize = NALUnits.lengthSize(
      of: UnsafeBufferPointer(configuration), isHEVC: parameters.codec_id == AV_CODEC_ID_HEVC)
    var entries: [Entry] = []
    while try container.read(into: packet) {
      let bytes = UnsafeBufferPointer(
        start: packet.pointee.data.map { UnsafePointer($0) }, count: Int(packet.pointee.size))
      var picture = CodedPicture(bytes, codec: parameters.codec_id, lengthSize: lengthSize)
      // Another header from here on, which a decoder that skips the packet would miss.
      if av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, nil) != nil {
        picture.breaksSequence = true
      }
      entries.append(
        Entry(
          time: known(packet.pointee.pts), decodingTime: known(packet.pointee.dts),
          position: packet.pointee.pos, size: packet.pointee.size,
          isHidden: packet.pointee.flags & AV_PKT_FLAG_DISCARD != 0, picture: picture))
    }
    return PacketIndex(entries, hasTimes: hasTimes)
  }

  private static func known(_ time: Int64) -> Int64? { time == clibav_no_pts ? nil : time }
}
