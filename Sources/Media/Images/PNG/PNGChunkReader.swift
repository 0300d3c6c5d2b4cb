/// Goes through the chunks of a PNG as Pillow does with `LOAD_TRUNCATED_IMAGES`: up to the picture's
/// data, from one piece of data to the next, and through what follows.
///
/// A value: a copy of it reads the same again.
///
/// Source: Pillow 9.5, PngImagePlugin.py. Quirks kept: chunks are taken in the order in which they
/// come, the last of a kind counts; checksums of the data are not looked at, those of other critical
/// chunks before the data are; an end that is missing is not missed, and neither is a chunk that
/// ends the file, unless its content is cut off behind the picture.
/// Quirks not kept: Pillow gives up on a file with more than 64 MB of text.
struct PNGChunkReader {
  /// The whole file.
  let bytes: UnsafeBufferPointer<UInt8>
  /// What errors call it.
  let file: String
  /// What the chunks before the data said.
  var facts = PNGFacts()
  /// What Pillow refuses unless it is told to accept damaged files; nothing of it is fatal.
  private(set) var remarks: [MediaError] = []

  /// Where the last chunk's content ends and its checksum begins.
  private var offset = 4

  /// - Parameter bytes: begin with PNG's signature, as `ImageFormat` found.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The head of a chunk: where its content begins, how long it says it is, and its name, which is
  /// shorter than four bytes where the file ends in it.
  private struct Head {
    let name: UnsafeBufferPointer<UInt8>
    let length: Int
    let content: Int
  }

  private func nextHead() -> Head? {
    let place = min(offset + 4, bytes.count)
    guard let length = bytes.bigEndian32(at: place) else { return nil }
    let content = min(place + 8, bytes.count)
    return Head(
      name: UnsafeBufferPointer(rebasing: bytes[place + 4..<content]), length: length,
      content: content)
  }

  /// Reads up to the picture's data.
  ///
  /// - Returns: The first piece of the data.
  /// - Throws: `MediaError` where Pillow cannot open the file.
  mutating func openData() throws -> Range<Int> {
    while true {
      guard let head = nextHead(), head.name.count == 4 else {
        throw MediaError.truncated(file: file, reason: "it ends before the picture's data")
      }
      guard let name = asciiName(head) else {
        throw damaged("a chunk's name is not text", at: head.content - 8)
      }
      remarkOnName(head)
      switch try apply(name, head) {
      case .end: throw damaged("it has no picture data", at: head.content - 8)
      case .data(let piece): return piece
      case .read: try checkSum(head)
      }
    }
  }

  /// The piece of the data that follows the last one.
  ///
  /// - Returns: Its bytes, fewer than announced where the file ends; nil where no data follow.
  /// - Throws: `MediaError` where Pillow fails.
  mutating func nextData() throws -> Range<Int>? {
    guard let head = nextHead() else { return nil }
    remarkOnName(head)
    switch asciiName(head) {
    case "IDAT", "DDAT": return take(head.content, head.length)
    case "fdAT":
      guard case .data(let piece) = try apply("fdAT", head) else {
        throw damaged("a piece of a frame is too short", at: head.content)
      }
      return piece
    default: return nil
    }
  }

  /// Reads what follows the picture, since Pillow does so and may fail there.
  ///
  /// - Throws: `MediaError` where Pillow fails.
  mutating func finish() throws {
    let isAnimated = facts.isAnimated
    while let head = nextHead(), let name = asciiName(head), name != "IEND" {
      if name == "fcTL" && isAnimated { return }
      if case .data(let piece) = try apply(name, head), piece.upperBound == bytes.count {
        // It is skipped, and Pillow wants all of what it skips.
        let announced = head.content + head.length
        guard announced <= bytes.count else { throw cutOff(name) }
      }
    }
  }

  /// The bytes of a chunk, all of them.
  ///
  /// - Throws: `MediaError.truncated`.
  private mutating func content(_ name: String, _ head: Head) throws -> UnsafeBufferPointer<UInt8> {
    let piece = take(head.content, head.length)
    guard piece.count == head.length else { throw cutOff(name) }
    return UnsafeBufferPointer(rebasing: bytes[piece])
  }

  private mutating func take(_ start: Int, _ length: Int) -> Range<Int> {
    offset = min(start + length, bytes.count)
    return min(start, offset)..<offset
  }

  private enum Effect {
    case read
    case data(Range<Int>)
    case end
  }

  private mutating func apply(_ name: String, _ head: Head) throws -> Effect {
    switch name {
    case "IEND": return .end
    case "IDAT" where facts.color != nil:
      return .data(take(head.content, head.length))
    case "fdAT" where head.length >= 4:
      guard let number = bytes.bigEndian32(at: head.content) else { throw cutOff(name) }
      guard facts.sequence == number - 1, facts.color != nil else {
        throw damaged("the frames of the animation are out of sequence", at: head.content)
      }
      facts.sequence = number
      return .data(take(head.content + 4, head.length - 4))
    default:
      let content = try content(name, head)
      do {
        if let oddity = try facts.read(name, content) {
          remark(.damaged(file: file, reason: "\(oddity), at byte \(head.content)"))
        }
      } catch let problem as PNGFacts.Problem {
        throw damaged(problem.reason, at: head.content)
      }
      return .read
    }
  }

  /// Pillow checks the sums of critical chunks only; they have capital names.
  private mutating func checkSum(_ head: Head) throws {
    let isCritical = head.name[0] & 0x20 == 0
    let covered = UnsafeBufferPointer(rebasing: bytes[head.content - 4..<offset])
    let stored = bytes.bigEndian32(at: offset)
    if stored == Int(PNGChecksum.of(covered)) { return }
    let problem = damaged("the checksum of a chunk is wrong", at: head.content - 8)
    if isCritical { throw problem }
    remark(problem)
  }

  private func asciiName(_ head: Head) -> String? {
    head.name.allSatisfy { $0 < 0x80 } ? String(decoding: head.name, as: UTF8.self) : nil
  }

  private mutating func remarkOnName(_ head: Head) {
    let isWord = head.name.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
      default: false
      }
    }
    guard !isWord || head.name.count < 4 else { return }
    remark(damaged("no chunk has such a name", at: head.content - 8))
  }

  /// Notes what Pillow refuses unless it is told to accept damaged files; the first says it all.
  mutating func remark(_ problem: MediaError) {
    if remarks.isEmpty { remarks.append(problem) }
  }

  private func cutOff(_ name: String) -> MediaError {
    let isName = name.utf8.count == 4 && name.utf8.allSatisfy { 0x41...0x5A ~= $0 & 0xDF }
    return .truncated(file: file, reason: "it ends in a chunk \(isName ? name : "of no name")")
  }

  private func damaged(_ reason: String, at place: Int) -> MediaError {
    .damaged(file: file, reason: "\(reason), at byte \(place)")
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// A big endian number of 32 bits; nil where the bytes end before it does.
  func bigEndian32(at place: Int) -> Int? {
    guard place >= 0, place + 4 <= count else { return nil }
    return Int(self[place]) << 24 | Int(self[place + 1]) << 16 | Int(self[place + 2]) << 8
      | Int(self[place + 3])
  }
}
