import Foundation
import Records
import TestSupport
import Testing

/// `resources`: METEOR's data in, a compiled file out.
@Suite struct ResourcesTests {
  private func run(_ scratch: TemporaryFolder, _ arguments: String...) throws -> BuiltBinary.Result
  {
    try BuiltBinary.run(
      ["resources"] + arguments, in: scratch.path,
      environment: ["MPLUG_EVAL_CACHE": scratch("cache")])
  }

  @Test func addsAndLists() throws {
    let scratch = try TemporaryFolder()
    let before = try run(scratch, "list")
    #expect(before.status == 0 && before.errors == "")
    #expect(before.output.hasPrefix("METEOR 1.5, English (meteor): not installed\n"))
    #expect(before.output.contains("paraphrase table      LGPL 2.1"))
    #expect(before.output.contains("mplug-eval resources add meteor --from DIR|WHEEL|JAR"))

    try scratch.write("pycocoevalcap-1.2-py3-none-any.whl", Data(SmallMETEOR.wheel))
    let added = try run(
      scratch, "add", "meteor", "--from", "pycocoevalcap-1.2-py3-none-any.whl")
    #expect(added.status == 0, "\(added.errors)")
    #expect(added.errors == "")
    let file = scratch("cache/meteor-1.5.data")
    #expect(added.output.contains("\(file), installed, "))
    #expect(try files(under: scratch("cache")) == ["meteor-1.5.data"])

    let json = try JSONFile.parse(try run(scratch, "list", "--format", "json").output)
    let meteor = try #require(json["resources"]?.array?.first)
    #expect(meteor["state"]?.string == "installed")
    #expect(meteor["path"]?.string == file)
    #expect(meteor["official"]?.bool == false)
    #expect(meteor["digest"]?.string?.count == 64)
    #expect(meteor["parts"]?.array?.count == 5)
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    #expect(meteor["size"]?.int == size)
    #expect(try run(scratch, "list").output.contains("numbers differ"))
  }

  @Test func aDamagedFileIsListedAsSuch() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("cache/meteor-1.5.data", "mpMETEOR and no more")
    let list = try run(scratch, "list", "--format", "json")
    #expect(list.status == 0)
    let meteor = try #require(try JSONFile.parse(list.output)["resources"]?.array?.first)
    #expect(meteor["state"]?.string == "unusable")
    #expect(meteor["problem"]?.string?.contains("meteor-1.5.data: expected ") == true)
    #expect(meteor["problem"]?.string?.contains("resources add meteor --from") == true)
  }

  @Test func whatIsWrongEndsInOneLine() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("lone/meteor-1.5.jar", Data(SmallMETEOR.jar))
    try scratch.write("empty/readme", "")
    try scratch.write("text.whl", "no zip")
    try scratch.write("bad/function/english.words", "a\n")
    try SmallMETEOR.write(to: scratch)
    try scratch.write("meteor/synonym/english.synsets", "boy\none\n")
    try expectFailure(
      66, saying: ["lone", "paraphrase table", "the pycocoevalcap wheel has it"],
      ["resources", "add", "meteor", "--from", "lone"], in: scratch)
    try expectFailure(
      66, saying: ["empty: no METEOR data", "looked for meteor-1.5.jar", "make setup-meteor"],
      ["resources", "add", "meteor", "--from", "empty"], in: scratch)
    try expectFailure(
      66, saying: ["bad: no METEOR data", "non-breaking prefixes not found"],
      ["resources", "add", "meteor", "--from", "bad"], in: scratch)
    try expectFailure(
      66, saying: ["nowhere: there is no such file or folder"],
      ["resources", "add", "meteor", "--from", "nowhere"], in: scratch)
    try expectFailure(
      65, saying: ["text.whl", "is no wheel and no jar"],
      ["resources", "add", "meteor", "--from", "text.whl"], in: scratch)
    try expectFailure(
      65, saying: ["english.synsets:2", "expected numbers of synsets, found 'one'"],
      ["resources", "add", "meteor", "--from", "meteor"], in: scratch)
    try expectFailure(
      64, saying: ["spice"], ["resources", "add", "spice", "--from", "lone"], in: scratch)
    try expectFailure(64, saying: ["--from"], ["resources", "add", "meteor"], in: scratch)
  }

  @Test func aFullDiskIsAnIOError() throws {
    let scratch = try TemporaryFolder()
    let path = try SmallMETEOR.write(to: scratch)
    try FileManager.default.createDirectory(
      atPath: scratch("cache"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: scratch("cache/meteor-1.5.data"), withDestinationPath: "/dev/full")
    let result = try run(scratch, "add", "meteor", "--from", path)
    #expect(result.status == 74)
    #expect(result.errors.contains("No space left on device"))
    #expect(result.output == "")
  }
}
