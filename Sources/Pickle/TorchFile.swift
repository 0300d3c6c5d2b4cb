import Archives
import Records

/// A file that `torch.save` wrote: a pickle with a container around it.
package struct TorchFile: Sendable {
  /// The two kinds of container.
  package enum Container: Sendable {
    /// Before PyTorch 1.6: pickles one after the other. The storages named follow from byte
    /// `payload` of the file on.
    case legacy(storageKeys: [String], payload: Int)
    /// A zip archive whose members begin with `prefix`; a storage is the member `<prefix>data/<key>`.
    case zip(ZipArchive, prefix: String)
  }

  /// What is around the pickle.
  package let container: Container
  /// What was saved.
  package let value: PickleValue

  /// Reads a file of either kind.
  ///
  /// - Parameter globals: What may be named; tensors need names, plain lists do not.
  /// - Throws: `PickleError` and `ArchiveError`.
  package init(
    _ file: MappedFile, globals: PickleGlobals = .none, limits: PickleLimits = PickleLimits()
  ) throws {
    if file.bytes.starts(with: [0x50, 0x4B]) {
      let archive = try ZipArchive(file)
      let name = "/data.pkl"
      let pickles = archive.members.filter {
        $0.name.hasSuffix(name) && !$0.name.dropLast(name.utf8.count).contains("/")
      }
      guard let member = pickles.first, pickles.count == 1 else {
        throw PickleError.wrongKind(
          file: file.path, expected: "a file that torch.save wrote",
          found: "a zip archive with \(pickles.count) members 'NAME/data.pkl'",
          remedy: "unpack it and name the file in it")
      }
      let content = MappedFile(
        bytes: try archive.bytes(of: member, limit: limits.memory),
        name: "\(file.path)/\(member.name)")
      value = try PickleReader.value(of: content, globals: globals, limits: limits)
      container = .zip(archive, prefix: String(member.name.dropLast("data.pkl".utf8.count)))
    } else {
      (value, container) = try Self.legacy(file, globals, limits)
    }
  }

  /// Five pickles: a magic number, a version, facts about the machine, what was saved, and the keys
  /// of the storages that follow.
  private static func legacy(
    _ file: MappedFile, _ globals: PickleGlobals, _ limits: PickleLimits
  ) throws -> (PickleValue, Container) {
    guard var position = endOfMagic(file) else {
      throw PickleError.wrongKind(
        file: file.path, expected: "a file that torch.save wrote",
        found: ForeignContent(file) == nil ? "another beginning" : "something else",
        remedy: ForeignContent(file)?.explanation ?? "name another file, or get it anew")
    }
    func next(_ globals: PickleGlobals = .none) throws -> PickleValue {
      let (value, end) = try PickleReader.value(
        in: file, at: position, globals: globals, limits: limits)
      position = end
      return value
    }
    let version = try next()
    let facts = try next()
    guard version.int == 1001, facts["little_endian"]?.bool == true else {
      throw PickleError.wrongKind(
        file: file.path, expected: "version 1001 of torch.save on a little-endian machine",
        found: "version \(version.int ?? 0)", remedy: "save it again with a newer PyTorch")
    }
    let value = try next(globals)
    let place = position
    let keys = try next().elements?.map(\.string)
    guard let keys, !keys.contains(nil) else {
      throw PickleError.malformed(
        file: file.path, opcode: "STOP", offset: place,
        reason: "the pickle that begins here is no list of storage keys")
    }
    return (value, .legacy(storageKeys: keys.compactMap { $0 }, payload: position))
  }

  /// Behind the pickle of the number 0x1950a86a20f9469cfc6c, which has more than 64 bits.
  private static func endOfMagic(_ file: MappedFile) -> Int? {
    let bytes = file.bytes
    let number: [UInt8] = [
      0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    guard bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) else { return nil }
    // A frame's header, which protocols 4 and 5 write, has nine bytes.
    let start = bytes[2] == 0x95 ? 11 : 2
    return bytes.dropFirst(start).starts(with: number) ? start + number.count : nil
  }
}
