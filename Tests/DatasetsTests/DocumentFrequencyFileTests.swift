import Datasets
import TestSupport
import Testing

@Suite struct DocumentFrequencyFileTests {
  private func read(_ text: String) throws {
    let scratch = try TemporaryFolder()
    _ = try DocumentFrequencyFile.read(try scratch.write("df.json", text))
  }

  @Test func aTableIsRead() throws {
    try read(#"{"images": 10, "frequencies": {"a": 10, "a dog": 2.0, "dog": 0}}"#)
  }

  @Test(arguments: [
    (#"{"images": 10, "frequencies": {"a": 3, "b": 1, "a": 4}}"#, #""a" stands twice"#),
    (#"{"images": 10, "images": 9, "frequencies": {"a": 3}}"#, #""images" stands twice"#),
    (#"{"frequencies": {"a": 11}, "images": 10}"#, #"up to the 10 images, found "a" in 11"#),
    (#"{"images": 10, "frequencies": {"a": -1}}"#, #""a" occurs in -1"#),
  ]) func aTableThatCannotBe(_ text: String, _ says: String) throws {
    let error = try #require(throws: DatasetError.self) { try read(text) }
    #expect("\(error)".contains(says), "\(error)")
  }
}
