import CLibAV

/// Decodes chosen pictures of a stream whose packets all have times: only the packets that are
/// needed, and every picture is checked by its time.
struct IndexedDecode {
  private let reader: VideoReader
  private let entries: [PacketIndex.Entry]
  private let shown: [Int]
  private let placeOfEntry: [Int?]

  /// - Parameter shown: the index's entries in presentation order.
  init(_ reader: VideoReader, shown: [Int]) {
    self.reader = reader
    entries = reader.index.entries
    self.shown = shown
    var places = [Int?](repeating: nil, count: entries.count)
    for (place, entry) in shown.enumerated() { places[entry] = place }
    placeOfEntry = places
  }

  /// Decodes pictures and hands them out.
  ///
  /// - Parameters:
  ///   - wanted: places in presentation order, ascending, each once, all within `shown`.
  ///   - body: takes a picture and its time.
  /// - Returns: false where the decoder shows other pictures than the times promise, or cannot go on.
  /// - Throws: `MediaError`, and what `body` throws.
  func decode(
    _ wanted: [Int], _ body: (VideoFrame, Int64) throws -> Void
  ) throws -> Bool {
    let plan = DecodePlan(wanted: wanted, shown: shown, entries: entries)
    var decoder: PictureDecoder?
    for segment in plan.segments {
      guard try reader.packets.move(to: segment.packets.lowerBound) else { return false }
      let current = try decoder ?? reader.makeDecoder()
      if decoder != nil { current.reset() }
      decoder = current
      guard try decode(segment, with: current, body) else { return false }
    }
    return true
  }

  private func decode(
    _ segment: DecodePlan.Segment, with decoder: PictureDecoder,
    _ body: (VideoFrame, Int64) throws -> Void
  ) throws -> Bool {
    let isWanted = Set(segment.wanted.map { shown[$0] })
    let sent = segment.packets.filter { !entries[$0].picture.isDroppable || isWanted.contains($0) }
    // Leading pictures, shown before the first one, may come or not.
    let start = entries[segment.packets.lowerBound].time ?? .min
    let places = sent.compactMap { placeOfEntry[$0] }
    var expected = places.filter { time(of: $0) >= start }.sorted()[...]
    var wanted = segment.wanted[...]

    func takeAll() throws -> Bool {
      while true {
        switch try decoder.receive() {
        case .needsPacket, .end: return true
        case .failure: return false
        case .picture(let picture):
          let shownAt = picture.pointee.pts
          // What a decoder fills in depends on all pictures before: only a full decode tells.
          guard let place = expected.first, shownAt == time(of: place), !picture.pointee.isDamaged
          else {
            var picture: UnsafeMutablePointer<AVFrame>? = picture
            av_frame_free(&picture)
            if shownAt < start { continue }
            return false
          }
          expected.removeFirst()
          let frame = reader.frame(picture, index: place, time: shownAt)
          guard wanted.first == place else { continue }
          wanted.removeFirst()
          try body(frame, shownAt)
        }
      }
    }

    var next = sent[...]
    while let number = next.first {
      guard let read = try reader.packets.read(), read <= number else { return false }
      if read < number { continue }
      next.removeFirst()
      reader.countDecodedPacket()
      guard try decoder.send(reader.packets.packet) == nil, try takeAll() else {
        return false
      }
      if wanted.isEmpty { return true }
    }
    // What the decoder holds back comes without the packets behind.
    guard try decoder.send(nil) == nil, try takeAll() else { return false }
    return wanted.isEmpty
  }

  private func time(of place: Int) -> Int64 { entries[shown[place]].time ?? .min }
}
