import Datasets
import Foundation
import Metrics
import Pickle
import TestSupport
import Testing

/// Published tables of document frequencies are pickles; they say the same as our JSON.
@Suite struct DocumentFrequencyTests {
  /// What Python 3.11 wrote for `defaultdict(float)` with `("a",): 3.0` and `("a", "dog"): 2.0`.
  private static let plain: [String: [UInt8]] = [
    "protocol 0": Array(
      ("ccollections\ndefaultdict\np0\n(c__builtin__\nfloat\np1\ntp2\nRp3\n(Va\np4\ntp5\nF3.0\n"
        + "s(g4\nVdog\np6\ntp7\nF2.0\ns.").utf8),
    "protocol 2": [0x80, 0x02] + Array("ccollections\ndefaultdict\nq".utf8) + [0]
      + Array("c__builtin__\nfloat\nq".utf8) + [1, 0x85] + Array("q".utf8) + [2]
      + Array("Rq".utf8) + [3] + Array("(X".utf8) + [1, 0, 0, 0] + Array("aq".utf8) + [4, 0x85]
      + Array("q".utf8) + [5] + Array("G@".utf8) + [8, 0, 0, 0, 0, 0, 0] + Array("h".utf8) + [4]
      + Array("X".utf8) + [3, 0, 0, 0] + Array("dogq".utf8) + [6, 0x86] + Array("q".utf8) + [7]
      + Array("G@".utf8) + [0, 0, 0, 0, 0, 0, 0] + Array("u.".utf8),
  ]

  private func count(_ ngram: String, in table: DocumentFrequencies) -> Double {
    Array(ngram.utf8).withUnsafeBufferPointer { table.count(of: $0) }
  }

  @Test func aTableWithoutANumberIsCOCOs() throws {
    let scratch = try TemporaryFolder()
    for (name, bytes) in Self.plain {
      let path = try scratch.write("\(name).p", Data(bytes))
      let (table, file) = try DocumentFrequencyFile.read(path)
      #expect(table.count == 2, "\(name)")
      #expect(count("a", in: table) == 3 && count("a dog", in: table) == 2)
      #expect(count("dog", in: table) == 0)
      #expect(table.logImageCount == log(40504))
      #expect(table.name == String(file.sha256.prefix(8)))
    }
  }

  @Test func aTableMayStateItsImages() throws {
    let scratch = try TemporaryFolder()
    let text =
      "(dp0\nS'ref_len'\np1\nI100\nsS'document_frequency'\np2\n(dp3\n(S'a'\nS'b'\ntp4\nI7\nss."
    let (table, _) = try DocumentFrequencyFile.read(try scratch.write("df.p", text))
    #expect(table.count == 1 && count("a b", in: table) == 7)
    #expect(table.logImageCount == log(100))
  }

  @Test func otherPicklesAreRefused() throws {
    let scratch = try TemporaryFolder()
    func refused(_ text: String, _ word: String) throws {
      let path = try scratch.write("df.p", text)
      let error = #expect(throws: (any Error).self) { try DocumentFrequencyFile.read(path) }
      #expect(error.map { "\($0)".contains(word) && "\($0)".contains("df.p") } == true, "\(word)")
    }
    try refused("(dp0\n(S'a'\ntp1\nF-1.0\ns.", "\"a\" has no count of images")
    try refused("(dp0\nS'a'\nI1\ns.", "must be a tuple of words, found a string")
    try refused("(lp0\n.", "found a list")
    try refused("(dp0\nS'document_frequency'\n(dp1\ns.", "no number of images in \"ref_len\"")
    try refused("cposix\nsystem\n(S'true'\ntR.", "posix.system")
    try refused("(dp0\n(S'a'\ntp1\nF1", "df.p")
  }
}
