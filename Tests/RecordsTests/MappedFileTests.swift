import Foundation
import Records
import Testing

@Suite struct MappedFileTests {
  @Test func readsWhatIsThere() throws {
    try withFolder { folder in
      for count in [0, 1, 4096, 100_000] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try AtomicFile.write(bytes, to: folder + "/f")
        let file = try MappedFile(folder + "/f")
        #expect(file.withBytes { $0.elementsEqual(bytes) })
        file.release(upTo: count)
        #expect(file.withBytes { $0.elementsEqual(bytes) })
        file.release(0..<count)
        file.release(count / 3..<count / 3 * 2)
        #expect(file.withBytes { $0.elementsEqual(bytes) })
      }
    }
  }

  @Test func readsWhatCannotBeMapped() throws {
    let status = try MappedFile("/proc/self/status")
    #expect(status.withBytes { $0.starts(with: "Name:".utf8) })
    #expect(try MappedFile("/dev/null").count == 0)
  }

  @Test func errorsAreTyped() throws {
    #expect(throws: RecordError.missingFile(path: "/none/x", remedy: "check the path")) {
      try MappedFile("/none/x")
    }
    try withFolder { folder in
      let error = try #require(throws: RecordError.self) { try MappedFile(folder) }
      #expect(error.description.contains("Is a directory: name a file in it"))
    }
  }

  @Test func whatHasNoEndIsNotReadForever() throws {
    let error = try #require(throws: RecordError.self) { try MappedFile("/dev/zero") }
    #expect(error.description.contains("/dev/zero: cannot be read: it goes on after"))
    #expect(error.description.contains("save it as a regular file"))
  }

  @Test func descriptorsAreReadToTheirEnd() throws {
    let pipe = Pipe()
    let text = Array(String(repeating: "a line\n", count: 100_000).utf8)
    DispatchQueue.global().async {
      try? pipe.fileHandleForWriting.write(contentsOf: Data(text))
      try? pipe.fileHandleForWriting.close()
    }
    let file = try MappedFile(
      reading: pipe.fileHandleForReading.fileDescriptor, name: "standard input")
    #expect(file.withBytes { $0.elementsEqual(text) })
    #expect(throws: RecordError.self) { try MappedFile(reading: -1, name: "standard input") }
  }

  @Test func foreignContentIsNamed() throws {
    let pointer = """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 175012345

      """
    func message(_ bytes: [UInt8]) throws -> String {
      try #require(jsonError { _ = try JSONReader(document(bytes)) }).description
    }
    #expect(
      try message(Array(pointer.utf8))
        == "a.json:1:1: this is a Git LFS pointer of \(pointer.utf8.count) bytes, not the file "
        + "itself (175012345 bytes): fetch it with 'git lfs pull'")
    #expect(try message(Array("\n <!DOCTYPE html>".utf8)).contains("web page"))
    #expect(try message([0x1F, 0x8B, 8, 0]).contains("gunzip"))
    #expect(try message([0x50, 0x4B, 3, 4]).contains("unzip"))
    #expect(try message([0xFF, 0xFE, 0x5B, 0]).contains("UTF-16"))
    #expect(try message([0x5B, 0, 0x5D, 0]).contains("UTF-16"))
  }
}
