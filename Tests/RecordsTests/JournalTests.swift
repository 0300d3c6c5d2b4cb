import Foundation
import Records
import TestSupport
import Testing

@Suite("Journals")
struct JournalTests {
  private static let objects = (0..<5).map { index in
    JSONObject([("id", .int(index)), ("text", .string("Zeile \(index) é \"\\\n"))])
  }

  private func read(_ path: String) throws -> (lines: [JSONValue], dropped: Int) {
    var lines: [JSONValue] = []
    let journal = try Journal(path) { lines.append($0) }
    return (lines, journal.droppedBytes)
  }

  private func written(in folder: TemporaryFolder) throws -> String {
    let path = folder("journal.jsonl")
    let journal = try Journal(path)
    try journal.append(Array(Self.objects[..<2]))
    try journal.append(Array(Self.objects[2...]))
    return path
  }

  @Test func givesBackWhatWasAppended() throws {
    let folder = try TemporaryFolder()
    let (lines, dropped) = try read(written(in: folder))
    #expect(lines == Self.objects.map(JSONValue.object))
    #expect(dropped == 0)
  }

  @Test func everyCutLeavesTheWholeLinesBeforeIt() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: written(in: folder)))
    let ends = whole.indices.filter { whole[$0] == 0x0A }
    for length in 0...whole.count {
      let path = try folder.write("cut.jsonl", whole.prefix(length))
      let (lines, dropped) = try read(path)
      let count = ends.count { $0 < length }
      #expect(lines.count == count, "cut at \(length)")
      let kept = count == 0 ? 0 : ends[count - 1] + 1
      #expect(dropped == length - kept)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == kept)
    }
  }

  @Test func everyChangedByteDropsItsLineAndAllBehindIt() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: written(in: folder)))
    let ends = whole.indices.filter { whole[$0] == 0x0A }
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 0x01
      let (lines, _) = try read(folder.write("changed.jsonl", changed))
      #expect(lines.count == ends.count { $0 < place }, "byte \(place)")
      #expect(lines.elementsEqual(Self.objects.prefix(lines.count).map(JSONValue.object)))
    }
  }

  @Test(arguments: ["garbage\n", "\0\0\0\0", "{\"id\":9}\n", "\n"])
  func whatIsNoWholeLineGoes(tail: String) throws {
    let folder = try TemporaryFolder()
    let path = try written(in: folder)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(tail.utf8))
    try handle.close()
    let journal = try Journal(path)
    #expect(journal.droppedBytes == tail.utf8.count)
    try journal.append([JSONObject([("id", 7)])])
    withExtendedLifetime(journal) {}
  }

  @Test func goesOnBehindTheLastWholeLine() throws {
    let folder = try TemporaryFolder()
    let path = try written(in: folder)
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    #expect(truncate(path, off_t(size - 3)) == 0)
    do {
      let journal = try Journal(path)
      try journal.append([Self.objects[4]])
    }
    let (lines, dropped) = try read(path)
    #expect(lines == Self.objects.map(JSONValue.object))
    #expect(dropped == 0)
  }

  @Test func oneProcessWritesAtATime() throws {
    let folder = try TemporaryFolder()
    let path = folder("journal.jsonl")
    let first = try Journal(path)
    #expect(throws: RecordError.self) { try Journal(path) }
    withExtendedLifetime(first) {}
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    let folder = try TemporaryFolder()
    do {
      _ = try Journal(folder("none/journal.jsonl"))
      Issue.record("opened")
    } catch let error as RecordError {
      #expect("\(error)".contains("none/journal.jsonl"))
    }
  }
}
