import Records

/// Which of the files with references a file is, told from its first bytes.
enum RefCOCOFileKind {
  /// `refs(unc).p`.
  case refs
  /// `instances.json`.
  case instances
  /// A list of TransVG.
  case list

  /// Looks at the beginning of a file.
  ///
  /// - Throws: `RecordError` if it cannot be opened.
  init(of path: String) throws {
    self = try MappedFile.forKind(of: path).withBytes { bytes in
      // torch.save: a zip archive, or the pickle of a number with ten bytes.
      if bytes.starts(with: [0x50, 0x4B]) || bytes.dropFirst(2).starts(with: [0x8A, 0x0A, 0x6C])
        || bytes.dropFirst(11).starts(with: [0x8A, 0x0A, 0x6C])
      {
        return .list
      }
      return bytes.first { $0 > 0x20 } == UInt8(ascii: "{") ? .instances : .refs
    }
  }
}
