/// The header of compiled METEOR data: checked sizes and places, and the memory itself.
package struct METEORHeader: Sendable {
  /// What errors call the data.
  package let name: String
  /// SHA-256 of the data from which they were compiled, in hexadecimal.
  package let digest: String
  /// How many bytes the header has; the blocks begin behind it.
  let size: Int

  /// Nobody writes to it; `owner` keeps it.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private let owner: any AnyObject & Sendable
  private let sections: [Range<Int>]

  /// Checks the header.
  ///
  /// - Throws: `METEORDataError`.
  package init(
    _ bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable, name: String
  ) throws {
    typealias Place = METEORLayout.Place
    precondition(Int(bitPattern: bytes.baseAddress) % 8 == 0, "memory is aligned to 8 bytes")
    self.bytes = bytes
    self.owner = owner
    self.name = name
    guard bytes.starts(with: METEORLayout.magic) else {
      throw METEORDataError.wrongKind(name: name)
    }
    guard bytes.count >= Place.blocks else {
      throw METEORDataError.wrongSize(name: name, expected: Place.blocks, found: bytes.count)
    }
    let version = bytes.load(fromByteOffset: Place.version, as: UInt32.self)
    let mark = bytes.load(fromByteOffset: Place.byteOrderMark, as: UInt32.self)
    guard version == METEORLayout.version, mark == METEORLayout.byteOrderMark else {
      throw METEORDataError.wrongVersion(
        name: name, expected: Int(METEORLayout.version), found: Int(version))
    }
    func number(_ place: Int) throws -> Int {
      let number = bytes.load(fromByteOffset: place, as: UInt64.self)
      guard let number = Int(exactly: number) else {
        throw METEORDataError.damaged(name: name, what: "header", offset: place)
      }
      return number
    }
    let fileSize = try number(Place.fileSize)
    guard fileSize == bytes.count else {
      throw METEORDataError.wrongSize(name: name, expected: fileSize, found: bytes.count)
    }
    size = try number(Place.headerSize)
    guard size >= Place.blocks, size <= fileSize, size % METEORLayout.alignment == 0,
      size
        == METEORLayout.aligned(Place.blocks + 8 * METEORLayout.blockCount(fileSize - size)),
      Self.checksum(of: bytes, headerSize: size)
        == bytes.load(fromByteOffset: Place.checksum, as: UInt64.self)
    else { throw METEORDataError.damaged(name: name, what: "header", offset: 0) }
    var sections: [Range<Int>] = []
    for section in METEORLayout.Section.allCases {
      let place = Place.sections + 16 * section.rawValue
      let (start, count) = (try number(place), try number(place + 8))
      guard start >= max(size, sections.last?.upperBound ?? 0),
        start % METEORLayout.alignment == 0, start <= fileSize, count <= fileSize - start
      else { throw METEORDataError.damaged(name: name, what: "header", offset: place) }
      sections.append(start..<start + count)
    }
    self.sections = sections
    let digits = Array("0123456789abcdef".utf8)
    let digest = bytes[Place.digest..<Place.digest + 32]
    self.digest = String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The checksum of a header, its own field taken as 0.
  package static func checksum(of bytes: UnsafeRawBufferPointer, headerSize: Int) -> UInt64 {
    var header = Array(bytes[..<headerSize])
    let place = METEORLayout.Place.checksum
    header.replaceSubrange(place..<place + 8, with: repeatElement(0, count: 8))
    return header.withUnsafeBytes { BlockChecksum.of($0) }
  }

  /// Where a section lies.
  package func range(_ section: METEORLayout.Section) -> Range<Int> {
    sections[section.rawValue]
  }

  /// The numbers of a section.
  ///
  /// - Throws: `METEORDataError.damaged` where its size is no multiple of theirs.
  func numbers<Number: FixedWidthInteger>(
    _ section: METEORLayout.Section, as type: Number.Type
  ) throws -> UnsafeBufferPointer<Number> {
    let range = range(section)
    guard range.count % MemoryLayout<Number>.size == 0 else {
      throw damaged(section, at: range.lowerBound)
    }
    return UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: type)
  }

  /// The numbers of a section that say where the parts of another begin: ascending to `end`, at
  /// least one.
  ///
  /// - Throws: `METEORDataError.damaged`.
  func starts(
    _ section: METEORLayout.Section, from first: UInt32 = 0, count: Int? = nil, end: Int
  ) throws -> UnsafeBufferPointer<UInt32> {
    let numbers = try numbers(section, as: UInt32.self)
    let start = range(section).lowerBound
    guard numbers.first == first, numbers.last.map({ Int($0) }) == end,
      count.map({ numbers.count == $0 + 1 }) ?? true
    else { throw damaged(section, at: start) }
    for index in 1..<max(1, numbers.count) where numbers[index] < numbers[index - 1] {
      throw damaged(section, at: start + 4 * index)
    }
    return numbers
  }

  /// The lines of a section.
  ///
  /// - Throws: `METEORDataError.damaged` where it is no text.
  func lines(_ section: METEORLayout.Section) throws -> [String] {
    guard let text = String(validating: bytes[range(section)], as: UTF8.self) else {
      throw damaged(section, at: range(section).lowerBound)
    }
    return text.split(separator: "\n").map(String.init)
  }

  func damaged(_ section: METEORLayout.Section, at offset: Int) -> METEORDataError {
    .damaged(name: name, what: "\(section)", offset: offset)
  }

  /// Checks the blocks of all sections before one.
  func checkSections(before section: METEORLayout.Section) throws {
    let end = range(section).lowerBound
    for block in 0..<METEORLayout.blockCount(end - size) { try checkBlock(block) }
  }

  /// The blocks in which some bytes of the file lie.
  func blocks(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    return (range.lowerBound - size) / BlockChecksum.blockSize..<(range.upperBound - 1 - size)
      / BlockChecksum.blockSize + 1
  }

  /// Checks a block.
  ///
  /// - Throws: `METEORDataError.damaged`.
  func checkBlock(_ block: Int) throws {
    let start = size + block * BlockChecksum.blockSize
    let end = min(bytes.count, start + BlockChecksum.blockSize)
    let found = BlockChecksum.of(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    let place = METEORLayout.Place.blocks + 8 * block
    guard found == bytes.load(fromByteOffset: place, as: UInt64.self) else {
      throw METEORDataError.damaged(name: name, what: "checksum", offset: start)
    }
  }
}
