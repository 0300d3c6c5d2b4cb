import Metrics
import Records
import Text

extension METEORCompiler {
  /// Writes the file; it appears under its name when it is complete.
  ///
  /// - Throws: `RecordError.writeFailed`.
  func write(to path: String) throws {
    let file = try AtomicFile(path)
    try emit { try file.append($0) }
    try file.commit()
  }

  /// The file's bytes, in pieces from first to last.
  func emit(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    let sections = smallSections()
    var sizes = sections.map(\.count)
    sizes.append(MemoryLayout<UInt16>.size * Int(tree.starts.last ?? 0))
    // Twice over the content: the checksums stand before it.
    var checksums: [UInt64] = []
    forEachBlock(sections) { checksums.append(BlockChecksum.of($0)) }
    try header(sizes: sizes, checksums: checksums).withUnsafeBytes { try body($0) }
    try forEachBlock(sections, body)
  }

  /// The sections before the paraphrases, in their order.
  private func smallSections() -> [[UInt8]] {
    var starts: [UInt32] = [0]
    var text: [UInt8] = []
    var synsetStarts: [UInt32] = [0]
    var synsets: [UInt32] = []
    var baseStarts: [UInt32] = [0]
    var bases: [UInt32] = []
    var places = [UInt32](repeating: 0, count: order.count)
    for (place, number) in order.enumerated() { places[Int(number)] = UInt32(place) }
    for number in order {
      words.pool.withBytes(of: number) { text.append(contentsOf: $0) }
      starts.append(UInt32(text.count))
      synsets += words.synsets[words.synsetRanges[Int(number)]]
      synsetStarts.append(UInt32(synsets.count))
      bases += words.bases[number, default: []].map { places[Int($0)] }
      baseStarts.append(UInt32(bases.count))
    }
    return METEORLayout.Section.allCases.compactMap { section in
      switch section {
      case .buckets: Self.bytes(buckets)
      case .wordStarts: Self.bytes(starts)
      case .wordBytes: text
      case .wordKinds: Self.bytes(order.map { words.kinds[Int($0)] })
      case .synsetStarts: Self.bytes(synsetStarts)
      case .synsets: Self.bytes(synsets)
      case .baseStarts: Self.bytes(baseStarts)
      case .bases: Self.bytes(bases)
      case .prefixes: Self.bytes(prefixFile.prefixes)
      case .numberPrefixes: Self.bytes(prefixFile.numberPrefixes)
      case .firstNodes: Self.bytes(tree.firstNodes)
      case .nodeWords: Self.bytes(tree.words)
      case .nodeChildren: Self.bytes(tree.children)
      case .nodeParaphrases: Self.bytes(tree.starts)
      case .paraphrases: nil
      }
    }
  }

  /// Calls `body` with the content behind the header, block by block.
  private func forEachBlock(
    _ sections: [[UInt8]], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var block: [UInt8] = []
    block.reserveCapacity(BlockChecksum.blockSize)
    var place = 0
    func add(_ bytes: UnsafeRawBufferPointer) throws {
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(BlockChecksum.blockSize - block.count)
        block.append(contentsOf: part)
        place += part.count
        rest = rest.dropFirst(part.count)
        if block.count == BlockChecksum.blockSize {
          try block.withUnsafeBytes { try body($0) }
          block.removeAll(keepingCapacity: true)
        }
      }
    }
    for section in sections {
      try section.withUnsafeBytes { try add($0) }
      let padding = [UInt8](repeating: 0, count: METEORLayout.aligned(place) - place)
      try padding.withUnsafeBytes { try add($0) }
    }
    try table.paraphrases.withUnsafeBytes { all in
      for run in tree.runs {
        let range = table.runs[Int(run)].paraphrases
        try add(
          UnsafeRawBufferPointer(
            rebasing: all[2 * Int(range.lowerBound)..<2 * Int(range.upperBound)]))
      }
    }
    if !block.isEmpty { try block.withUnsafeBytes { try body($0) } }
  }

  private func header(sizes: [Int], checksums: [UInt64]) -> [UInt8] {
    typealias Place = METEORLayout.Place
    let size = METEORLayout.aligned(Place.blocks + 8 * checksums.count)
    var header = [UInt8](repeating: 0, count: size)
    func put<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
      withUnsafeBytes(of: number.littleEndian) {
        header.replaceSubrange(place..<place + $0.count, with: $0)
      }
    }
    header.replaceSubrange(0..<METEORLayout.magic.count, with: METEORLayout.magic)
    put(METEORLayout.version, at: Place.version)
    put(METEORLayout.byteOrderMark, at: Place.byteOrderMark)
    put(UInt64(size), at: Place.headerSize)
    header.replaceSubrange(Place.digest..<Place.digest + digest.count, with: digest)
    var place = size
    for (index, bytes) in sizes.enumerated() {
      place = METEORLayout.aligned(place)
      put(UInt64(place), at: Place.sections + 16 * index)
      put(UInt64(bytes), at: Place.sections + 16 * index + 8)
      place += bytes
    }
    put(UInt64(place), at: Place.fileSize)
    for (index, checksum) in checksums.enumerated() { put(checksum, at: Place.blocks + 8 * index) }
    let checksum = header.withUnsafeBytes { METEORHeader.checksum(of: $0, headerSize: size) }
    put(checksum, at: Place.checksum)
    return header
  }

  private static func bytes<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  private static func bytes(_ lines: [String]) -> [UInt8] {
    lines.flatMap { Array($0.utf8) + [0x0A] }
  }
}
