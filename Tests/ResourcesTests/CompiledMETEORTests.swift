import Foundation
import Metrics
import Records
import Resources
import TestSupport
import Testing

/// The compiled file: what is damaged is refused, and nothing that it holds can lead astray.
@Suite("METEOR's compiled file")
struct CompiledMETEORTests {
  private static let bytes: Result<[UInt8], any Error> = Result {
    let folder = try TemporaryFolder()
    let resource = try Resources.addMETEOR(
      from: SmallMETEOR.write(to: folder), environment: ["MPLUG_EVAL_CACHE": folder.path])
    return Array(try Data(contentsOf: URL(fileURLWithPath: try #require(resource.path))))
  }

  /// Opens bytes and scores captions that use every phrase.
  private func score(_ bytes: [UInt8]) throws -> Double {
    let file = MappedFile(bytes: bytes, name: "meteor.data")
    let data = try METEORResources(
      UnsafeRawBufferPointer(file.bytes), owner: file, name: file.path)
    let corpus = try CaptionCorpus(
      hypotheses: [
        "in front of a tv set next to boys", "before a television set near men caf\u{E9}",
      ],
      references: [
        ["before a television set beside lads", "tv near it"],
        ["in front of a tv next to a guy's bar", "oxen running"],
      ])
    return try METEOR(resources: data, threads: 1).scores(of: corpus)[0].value
  }

  @Test func theSameDataGiveTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let environment = ["MPLUG_EVAL_CACHE": folder.path]
    for _ in 0..<2 {
      let resource = try Resources.addMETEOR(
        from: SmallMETEOR.write(to: folder), environment: environment)
      let file = URL(fileURLWithPath: try #require(resource.path))
      #expect(Array(try Data(contentsOf: file)) == (try Self.bytes.get()))
    }
    #expect(try score(Self.bytes.get()) > 0.3)
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try Self.bytes.get()
    for count in stride(from: 0, to: bytes.count, by: 13) {
      #expect(throws: METEORDataError.self) { try score(Array(bytes.prefix(count))) }
    }
    #expect(
      throws: METEORDataError.wrongSize(
        name: "meteor.data", expected: bytes.count, found: bytes.count + 1)
    ) { try score(bytes + [0]) }
  }

  @Test func everyChangedByteIsFound() throws {
    let bytes = try Self.bytes.get()
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[place] ^= 0x10
      #expect(throws: METEORDataError.self, "\(place)") { try score(changed) }
    }
  }

  @Test func anotherVersionIsNamed() throws {
    var bytes = try Self.bytes.get()
    bytes[METEORLayout.Place.version] = 9
    let error = #expect(throws: METEORDataError.self) { try score(bytes) }
    #expect(
      error
        == .wrongVersion(
          name: "meteor.data", expected: Int(METEORLayout.version), found: 9))
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("meteor.data") && text.contains("resources add meteor --from"))
    #expect(throws: METEORDataError.wrongKind(name: "meteor.data")) {
      try score(Array("<html>".utf8))
    }
  }

  /// Puts the checksums right, so that only the checks of the content are left.
  private func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let size = bytes.withUnsafeBytes {
      Int($0.load(fromByteOffset: METEORLayout.Place.headerSize, as: UInt64.self))
    }
    func put(_ number: UInt64, at place: Int) {
      withUnsafeBytes(of: number) { bytes.replaceSubrange(place..<place + 8, with: $0) }
    }
    for block in 0..<METEORLayout.blockCount(bytes.count - size) {
      let start = size + block * BlockChecksum.blockSize
      let end = min(bytes.count, start + BlockChecksum.blockSize)
      let checksum = Array(bytes[start..<end]).withUnsafeBytes { BlockChecksum.of($0) }
      put(checksum, at: METEORLayout.Place.blocks + 8 * block)
    }
    let checksum = bytes.withUnsafeBytes { METEORHeader.checksum(of: $0, headerSize: size) }
    put(checksum, at: METEORLayout.Place.checksum)
    return bytes
  }

  /// Numbers that no compiler wrote, under right checksums: an error or some value, never a crash.
  @Test func wrongNumbersUnderRightChecksums() throws {
    var random = TestRandom(seed: 3)
    let bytes = try Self.bytes.get()
    #expect(sealed(bytes) == bytes)
    let size = bytes.withUnsafeBytes {
      Int($0.load(fromByteOffset: METEORLayout.Place.headerSize, as: UInt64.self))
    }
    var refused = 0
    for round in 0..<1500 {
      var changed = bytes
      for _ in 0...random.below(3) {
        let inHeader = round % 5 == 0
        let start = inHeader ? METEORLayout.Place.sections : size
        let end = inHeader ? METEORLayout.Place.blocks : bytes.count
        let place = start + random.below((end - start) / 2) * 2
        let values: [UInt8] = [0, 1, 2, 0x7F, 0x80, 0xFF, UInt8(random.below(256))]
        for offset in 0..<[1, 2, 4][random.below(3)] where place + offset < end {
          changed[place + offset] = values[random.below(values.count)]
        }
      }
      do {
        _ = try score(sealed(changed))
      } catch {
        refused += 1
        #expect(error is METEORDataError, "\(error)")
      }
    }
    #expect(refused > 200)
  }

  @Test func theStateIsTold() throws {
    let folder = try TemporaryFolder()
    let environment = ["MPLUG_EVAL_CACHE": folder.path]
    let before = try Resources.meteorState(environment: environment)
    #expect(before.state == .missing)
    #expect(before.path == folder("meteor-1.5.data"))
    #expect(before.parts.count == 5)
    #expect(try Resources.meteor(environment: environment) == nil)
    #expect(try Resources.meteor(environment: [:]) == nil)
    try Resources.addMETEOR(from: SmallMETEOR.write(to: folder), environment: environment)
    let data = try #require(try Resources.meteor(environment: environment))
    #expect(
      try Resources.meteorState(environment: environment).state
        == .installed(size: data.size, digest: data.digest, isOfficial: false))
    try folder.write("meteor-1.5.data", "something else")
    guard case .unusable(let why) = try Resources.meteorState(environment: environment).state
    else {
      Issue.record("a text is no compiled file")
      return
    }
    #expect(why.contains(folder("meteor-1.5.data")))
    #expect(throws: METEORDataError.self) { try Resources.meteor(environment: environment) }
  }
}
