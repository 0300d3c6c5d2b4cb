import CLibAV

extension VideoReader {
  /// Decodes from the first packet on and counts the pictures.
  ///
  /// - Parameters:
  ///   - indices: ascending, each once.
  ///   - decoded: the times of the first of them, which were handed out already. If the count says
  ///     that they were others, the file is refused.
  /// - Throws: `MediaError`, and what `body` throws.
  func framesInSequence(
    at indices: [Int], decoded: [Int64], _ body: (VideoFrame) throws -> Void
  ) throws {
    try rewind()
    let decoder = try makeDecoder()
    var toCheck = zip(indices, decoded).map { $0 }[...]
    var wanted = indices.dropFirst(decoded.count)
    var count = 0
    var last: VideoFrame?
    var following: Int64?

    /// Whether there is more to decode for.
    func takeAll() throws -> Bool {
      while let target = wanted.first {
        switch try decoder.receive() {
        case .needsPacket: return true
        case .end: return false
        case .failure(let reason):
          throw MediaError.undecodableFrame(file: file, index: target, reason: reason)
        case .picture(let picture):
          // The last pictures of a container without presentation times have none of their own.
          let known = picture.pointee.best_effort_timestamp
          let time = known == clibav_no_pts ? following : known
          let duration = picture.pointee.pkt_duration
          following = duration > 0 ? time.map { $0 &+ duration } : nil
          let frame = frame(picture, index: count, time: time)
          noteDamage(of: picture, at: count)
          if let (place, time) = toCheck.first, place == count {
            toCheck.removeFirst()
            guard time == picture.pointee.pts else { throw contradiction(at: count) }
          }
          last = frame
          if target == count {
            wanted.removeFirst()
            try body(frame)
          }
          count += 1
        }
      }
      return false
    }

    var goesOn = true
    while goesOn {
      let hasPacket = try packets.readUnchecked()
      if hasPacket { countDecodedPacket() }
      if let reason = try decoder.send(hasPacket ? packets.packet : nil), let target = wanted.first
      {
        throw MediaError.undecodableFrame(file: file, index: target, reason: reason)
      }
      goesOn = try takeAll()
      if !hasPacket { break }
    }
    guard !wanted.isEmpty else { return }
    guard let last else { throw MediaError.noFrames(file: file) }
    noteNotShown(Array(wanted), shown: count)
    for _ in wanted { try body(last) }
  }

  private func contradiction(at index: Int) -> MediaError {
    .damaged(file: file, reason: "its time stamps contradict its pictures at frame \(index)")
  }
}
