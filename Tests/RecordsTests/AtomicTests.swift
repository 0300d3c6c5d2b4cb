import Foundation
import Records
import Testing

@Suite struct AtomicTests {
  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func text(_ path: String) throws -> String {
    try MappedFile(path).withBytes { String(decoding: $0, as: UTF8.self) }
  }

  @Test func aFileAppearsWhenComplete() throws {
    try withFolder { folder in
      let path = folder + "/out.json"
      try AtomicFile.write(Array("old".utf8), to: path)
      let file = try AtomicFile(path)
      for index in 0..<100_000 { try file.append("line \(index)\n") }
      try file.append([UInt8](repeating: 0x78, count: 1 << 20))
      #expect(try text(path) == "old")
      try file.commit()
      let whole = try text(path)
      #expect(whole.hasPrefix("line 0\nline 1\n") && whole.hasSuffix("line 99999\nxxxx".suffix(4)))
      #expect(whole.utf8.count == (0..<100_000).reduce(1 << 20) { $0 + "line \($1)\n".utf8.count })
      #expect(try names(folder) == ["out.json"])
    }
  }

  @Test func nothingRemainsOfAnUnfinishedFile() throws {
    try withFolder { folder in
      do {
        let file = try AtomicFile(folder + "/out.json")
        try file.append("half")
        #expect(try names(folder).count == 1)
      }
      #expect(try names(folder) == [])
      let file = try AtomicFile(folder + "/out.json")
      file.discard()
      #expect(try names(folder) == [])
    }
  }

  @Test func refusals() throws {
    try withFolder { folder in
      let missing = try #require(throws: RecordError.self) {
        try AtomicFile(folder + "/no/out.json")
      }
      #expect(missing.description.contains("create the folder that should hold it"))
      #expect(throws: RecordError.self) { try AtomicFile(folder) }
      try AtomicFile.write([], to: folder + "/file")
      #expect(throws: RecordError.self) { try AtomicFolder(folder + "/file") }
      #expect(throws: RecordError.self) { try AtomicFolder(folder + "/no/run") }
      #expect(try names(folder) == ["file"])
    }
    // `/dev/full` takes bytes and then has no space for them.
    let full = try #require(throws: RecordError.self) {
      try AtomicFile.write([1], to: "/dev/full")
    }
    #expect(full.description.contains("No space left"))
    #expect(try MappedFile("/dev/null").count == 0)
  }

  @Test func devicesAndLinksStayWhatTheyAre() throws {
    try withFolder { folder in
      try AtomicFile.write(Array("a".utf8), to: folder + "/file")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "file")
      try AtomicFile.write(Array("b".utf8), to: folder + "/link")
      #expect(try text(folder + "/file") == "b")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
      let pipe = folder + "/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      let reading = open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reading) }
      try AtomicFile.write(Array("abc".utf8), to: pipe)
      var bytes = [UInt8](repeating: 0, count: 8)
      #expect(read(reading, &bytes, 8) == 3)
    }
  }

  @Test func permissionsAreKept() throws {
    try withFolder { folder in
      let path = folder + "/out"
      try AtomicFile.write([1], to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try AtomicFile.write([2], to: path)
      let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(found as? Int == 0o640)
    }
  }

  @Test func aFolderAppearsWhenComplete() throws {
    try withFolder { folder in
      let path = folder + "/run"
      for round in ["first", "second"] {
        let run = try AtomicFolder(path)
        try AtomicFile.write(Array(round.utf8), to: run.file(round))
        try FileManager.default.createDirectory(
          atPath: run.file("sub"), withIntermediateDirectories: false)
        try AtomicFile.write([], to: run.file("sub/x"))
        #expect(FileManager.default.fileExists(atPath: path) == (round == "second"))
        try run.commit()
        #expect(try names(path) == [round, "sub"])
        #expect(try names(folder) == ["run"])
      }
      do {
        let run = try AtomicFolder(path)
        try AtomicFile.write([], to: run.file("half"))
      }
      #expect(try names(path) == ["second", "sub"])
      #expect(try names(folder) == ["run"])
    }
  }
}
