import Archives
import Foundation
import Metrics
import Records
import Resources
import TestSupport
import Testing

/// The forms in which users hold METEOR's files.
@Suite("METEOR's files")
struct METEORSourceTests {
  /// Compiles from a path and gives the compiled bytes.
  private func compiled(_ path: String) throws -> Data {
    let cache = try TemporaryFolder()
    let resource = try Resources.addMETEOR(
      from: path, environment: ["MPLUG_EVAL_CACHE": cache("a/b")])
    return try Data(contentsOf: URL(fileURLWithPath: try #require(resource.path)))
  }

  @Test(arguments: SmallMETEOR.files.keys.sorted()) func whatIsNoneOfItsFiles(
    _ name: String
  ) throws {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4242\n"
    for (text, says) in [
      ("<!DOCTYPE html>\n<p>words</p>\n", "web page"), (pointer, "git lfs pull"),
    ] {
      let folder = try TemporaryFolder()
      try SmallMETEOR.write(to: folder)
      let path = try folder.write("meteor/\(name)", text)
      let error = try #require(throws: ResourceError.self) { try compiled(folder("meteor")) }
      #expect("\(error)".hasPrefix("\(path): is none of METEOR's files: this is a"))
      #expect("\(error)".contains(says))
    }
  }

  @Test func allFormsGiveTheSame() throws {
    let folder = try TemporaryFolder()
    let expected = try compiled(SmallMETEOR.write(to: folder))

    // Unpacked files side by side, the larger ones packed.
    let flat = [
      "function/english.words": "resources/function_words.txt",
      "nonbreaking/english.prefixes": "resources/nonbreaking_prefixes.txt",
      "synonym/english.synsets": "resources/english.synsets.gz",
      "synonym/english.exceptions": "resources/english.exceptions.gz",
      "data/paraphrase-en": "paraphrase_subset.gz",
    ]
    for (from, to) in flat {
      let text = Array(SmallMETEOR.files[from, default: ""].utf8)
      try folder.write(
        "flat/\(to)", Data(to.hasSuffix(".gz") ? Deflate.gzip(text) : text))
    }
    #expect(try compiled(folder("flat")) == expected)

    // An installed pycocoevalcap, what holds it, and the jar with the table beside it.
    try folder.write("site/pycocoevalcap/meteor/meteor-1.5.jar", Data(SmallMETEOR.jar))
    try folder.write(
      "site/pycocoevalcap/meteor/data/paraphrase-en.gz", Data(SmallMETEOR.table))
    for path in ["", "/pycocoevalcap", "/pycocoevalcap/meteor"] {
      #expect(try compiled(folder("site\(path)")) == expected)
    }
    #expect(try compiled(folder("site/pycocoevalcap/meteor/meteor-1.5.jar")) == expected)

    try folder.write("pycocoevalcap.whl", Data(SmallMETEOR.wheel))
    #expect(try compiled(folder("pycocoevalcap.whl")) == expected)
  }

  @Test func aChangedFileChangesTheDigest() throws {
    var digests: Set<String> = []
    for changed in [nil] + SmallMETEOR.files.keys.sorted().map(Optional.some) {
      let folder = try TemporaryFolder()
      try SmallMETEOR.write(to: folder)
      if let changed {
        let more =
          changed.hasPrefix("data")
          ? "0.1\nsome\nany\n" : changed.hasPrefix("syn") ? "xx\n9\n" : "xx\n"
        try folder.write(
          "meteor/\(changed)", SmallMETEOR.files[changed, default: ""] + more)
      }
      let resource = try Resources.addMETEOR(
        from: folder("meteor"), environment: ["MPLUG_EVAL_CACHE": folder.path])
      guard case .installed(_, let digest, let isOfficial) = resource.state else {
        Issue.record("\(resource.state)")
        return
      }
      #expect(!isOfficial)
      digests.insert(digest)
    }
    #expect(digests.count == 6)
  }

  private func failure(_ path: String) throws -> (any Error)? {
    let cache = try TemporaryFolder()
    do {
      try Resources.addMETEOR(from: path, environment: ["MPLUG_EVAL_CACHE": cache.path])
      return nil
    } catch {
      let left = try FileManager.default.subpathsOfDirectory(atPath: cache.path)
      #expect(left.isEmpty, "\(left)")
      return error
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("empty/readme", "")
    let none = try #require(try failure(folder("empty")))
    guard case .notMETEOR(_, "the function words", let looked)? = none as? ResourceError else {
      Issue.record("\(none)")
      return
    }
    #expect(looked.contains("meteor/meteor-1.5.jar") && looked.contains("english.words"))

    try SmallMETEOR.write(to: folder)
    try FileManager.default.removeItem(atPath: folder("meteor/synonym/english.exceptions"))
    let part = try #require(try failure(folder("meteor")))
    #expect("\(part)".contains("irregular forms not found"))

    try folder.write("lone/meteor-1.5.jar", Data(SmallMETEOR.jar))
    for path in ["lone", "lone/meteor-1.5.jar"] {
      let error = try #require(try failure(folder(path)))
      guard case .noParaphrases? = error as? ResourceError else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error)".contains("wheel"))
    }

    #expect(try failure(folder("nowhere")) is RecordError)
    try folder.write("text.jar", "no zip")
    guard case .badFile? = try failure(folder("text.jar")) as? ResourceError else {
      Issue.record("a text is no jar")
      return
    }
    var other = ZipBuilder()
    other.entries = [.init("some/file", [1, 2, 3])]
    try folder.write("other.whl", Data(other.bytes()))
    guard case .notMETEOR? = try failure(folder("other.whl")) as? ResourceError else {
      Issue.record("another wheel is not METEOR's")
      return
    }
  }

  @Test(arguments: [
    ("synonym/english.synsets", "boy\n1 x\n", "english.synsets:2: expected numbers"),
    ("synonym/english.synsets", "boy\n1\nboy\n2\n", "english.synsets:3: expected each word once"),
    ("synonym/english.synsets", "boy\n1\nlad\n", "in the middle of a pair"),
    ("synonym/english.synsets", "boy\n\n", "english.synsets:2: expected what belongs to a word"),
    ("synonym/english.synsets", "boy\n99999999999\n", "english.synsets:2: expected numbers"),
    ("synonym/english.exceptions", "", "or holds none"),
    ("function/english.words", "\n\n", "no word in it"),
    ("nonbreaking/english.prefixes", "\u{FFFD}", "is not UTF-8"),
    ("data/paraphrase-en", "0.1\na\n", "2 lines, which is not three an entry"),
    ("data/paraphrase-en", "", "0 lines"),
    ("data/paraphrase-en", "zero\na\nb\n", "paraphrase-en:1: expected a probability, found 'zero'"),
    ("data/paraphrase-en", "0.1\na  b\nc\n", "paraphrase-en:2: expected up to 64 words"),
    ("data/paraphrase-en", "0.1\n\nc\n", "paraphrase-en:2: expected up to 64 words"),
    ("data/paraphrase-en", "0.1\na\nb \n", "paraphrase-en:3: expected up to 64 words"),
  ])
  func aWrongLineIsNamed(_ name: String, _ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    try SmallMETEOR.write(to: folder)
    // U+FFFD stands for a byte that is no UTF-8.
    let bytes = Data(text.utf8.elementsEqual("\u{FFFD}".utf8) ? [0xFF] : Array(text.utf8))
    try folder.write("meteor/\(name)", bytes)
    let error = try #require(try failure(folder("meteor")))
    #expect(error is ResourceError)
    #expect("\(error)".contains(message), "\(error)")
    #expect(!"\(error)".contains("\n"))
  }

  @Test func anEndlessLineIsRefused() throws {
    let folder = try TemporaryFolder()
    try SmallMETEOR.write(to: folder)
    try folder.write("meteor/data/paraphrase-en", String(repeating: "1", count: 1 << 20))
    #expect("\(try #require(try failure(folder("meteor"))))".contains("a longer one"))
  }

  @Test func moreWordsThanNumbersAreRefused() throws {
    let folder = try TemporaryFolder()
    try SmallMETEOR.write(to: folder)
    let table = (0..<33_000).map { "1\na\($0)\nb\($0)\n" }.joined()
    try folder.write("meteor/data/paraphrase-en", table)
    #expect("\(try #require(try failure(folder("meteor"))))".contains("65535"))
  }

  /// Damaged archives and texts end in an error of ours or are read; nothing else.
  @Test func damagedFilesNeverCrash() throws {
    var random = TestRandom(seed: 11)
    let folder = try TemporaryFolder()
    try SmallMETEOR.write(to: folder)
    let names = SmallMETEOR.files.keys.sorted()
    var failures = 0
    for round in 0..<200 {
      let path: String
      if round % 2 == 0 {
        path = folder("wheel.whl")
        try folder.write("wheel.whl", Data(random.damage(SmallMETEOR.wheel)))
      } else {
        path = folder("meteor")
        let name = names[round / 2 % names.count]
        let bytes = Array(SmallMETEOR.files[name, default: ""].utf8)
        try folder.write("meteor/\(name)", Data(random.damage(bytes)))
      }
      if let error = try failure(path) {
        failures += 1
        #expect(error is ResourceError || error is ArchiveError, "\(error)")
      }
      try SmallMETEOR.write(to: folder)
    }
    #expect(failures > 50)
  }

  @Test func whatCannotBeWrittenIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = try SmallMETEOR.write(to: folder)
    try folder.write("file", "")
    #expect(throws: RecordError.self) {
      try Resources.addMETEOR(
        from: path, environment: ["MPLUG_EVAL_CACHE": folder("file/cache")])
    }
    // A full disk.
    try FileManager.default.createDirectory(
      atPath: folder("full"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder("full/meteor-1.5.data"), withDestinationPath: "/dev/full")
    let error = #expect(throws: RecordError.self) {
      try Resources.addMETEOR(from: path, environment: ["MPLUG_EVAL_CACHE": folder("full")])
    }
    #expect(error.map { "\($0)" }?.contains("free some space") == true)
    #expect(throws: ResourceError.noCacheFolder) {
      try Resources.addMETEOR(from: path, environment: [:])
    }
  }
}
