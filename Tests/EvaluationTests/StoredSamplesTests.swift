import Evaluation
import Records
import TestSupport
import Testing

/// `samples.jsonl` as it is read back, and what is refused with its line.
@Suite struct StoredSamplesTests {
  private func read(_ text: String) throws -> StoredSamples {
    let scratch = try TemporaryFolder()
    return try StoredSamples(try scratch.write("samples.jsonl", text))
  }

  @Test func columns() throws {
    let samples = try read(
      """
      {"cluster":7,"id":1,"prediction":"a","scores":{"x":1.5,"y":0},"statistics":{"S":[1,2,3]}}
      {"id":"b","cluster":"img","scores":{"y":2,"z":-1e-3},"prediction":[1,2],"new":{"a":[]},
       "statistics":{"S":[4,5,6]}}

      {"cluster":7,"id":3,"prediction":"","scores":{},"statistics":{"S":[7,8,9]}}

      """.replacing(",\n ", with: ","))
    #expect(samples.count == 3)
    #expect(samples.ids == [1, "b", 3])
    #expect(samples.clusters == [7, "img", 7])
    #expect([1, "b", 3, 2].map { samples.place(of: $0) } == [0, 1, 2, nil])
    let x = try #require(samples.scores(named: "x"))
    #expect(x[0] == 1.5 && x[1].isNaN && x[2].isNaN)
    let y = try #require(samples.scores(named: "y"))
    #expect(y[0] == 0 && y[1] == 2 && y[2].isNaN)
    let z = try #require(samples.scores(named: "z"))
    #expect(z[0].isNaN && z[1] == -0.001 && z[2].isNaN)
    #expect(samples.scores(named: "w") == nil)
    let rows = try #require(samples.statistics(named: "S"))
    #expect(rows.width == 3 && rows.rows == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(samples.statistics(named: "x") == nil)
    // 3 and "3" are two ids.
    #expect(
      try read(
        #"{"cluster":1,"id":3,"scores":{}}"# + "\n" + #"{"cluster":1,"id":"3","scores":{}}"#
      ).count == 2)
    #expect(try read("").count == 0)
  }

  /// A data set may have several records of one id: they stay apart, and are numbered.
  @Test func repeatedID() throws {
    let line = #"{"cluster":1,"id":1,"scores":{"x":1}}"#
    let second = line.replacing(",\"scores", with: ",\"repeat\":1,\"scores")
    let samples = try read("\(second)\n\(line)\n")
    #expect(samples.ids == [1, 1] && samples.repeats == [1, 0])
    #expect(samples.place(of: 1) == 1 && samples.place(of: 1, repeat: 1) == 0)
    #expect(samples.place(of: 1, repeat: 2) == nil)
    #expect(throws: JSONError.self) { try read("\(second)\n\(second)\n") }
  }

  @Test(arguments: [
    (#"{"cluster":1,"scores":{}}"#, #"has no "id""#),
    (#"{"id":2,"scores":{}}"#, #"has no "cluster""#),
    (#"{"id":2,"cluster":1}"#, #"has no "scores""#),
    (#"{"id":1,"cluster":1,"scores":{}}"#, "the sample 1 stands twice"),
    (#"{"id":2,"id":3,"cluster":1,"scores":{}}"#, "a second id"),
    (#"{"id":2.5,"cluster":1,"scores":{}}"#, "expected an integer"),
    (#"{"id":null,"cluster":1,"scores":{}}"#, "expected an integer"),
    (#"{"id":2,"cluster":true,"scores":{}}"#, "expected an integer"),
    (#"{"id":2,"cluster":1,"scores":{"x":NaN}}"#, "NaN is not JSON"),
    (#"{"id":2,"cluster":1,"scores":{"x":Infinity}}"#, "Infinity is not JSON"),
    (#"{"id":2,"cluster":1,"scores":{"x":1e999}}"#, "too large for a double"),
    (#"{"id":2,"cluster":1,"scores":{"x":null}}"#, "expected a number"),
    (#"{"id":2,"cluster":1,"scores":{"x":"1"}}"#, "expected a number"),
    (#"{"id":2,"cluster":1,"scores":[1]}"#, "expected an object"),
    (#"{"id":2,"cluster":1,"scores":{"x":1,"x":2}}"#, #""x" stands twice"#),
    (
      #"{"id":2,"cluster":1,"scores":{"x":1},"statistics":{"S":[1]}}"#,
      #"expected 2 numbers in "S""#
    ),
    (
      #"{"id":2,"cluster":1,"scores":{"x":1},"statistics":{"S":[]}}"#, #"expected 2 numbers in "S""#
    ),
    (#"{"id":2,"cluster":1,"scores":{"x":1},"statistics":{"T":[]}}"#, "found none"),
    (#"{"id":2,"cluster":1,"scores":{"x":1"#, "it is truncated"),
    (#"{"id":2,"cluster":1,"scores":{"x":1}} {"#, "expected a new line"),
    (#"[1]"#, "expected an object"),
  ])
  func refused(_ line: String, _ words: String) throws {
    let first = #"{"cluster":1,"id":1,"scores":{"x":1},"statistics":{"S":[1,2]}}"#
    let error = #expect(throws: JSONError.self) { try read("\(first)\n\(line)\n") }
    // A truncated file is told of at its end, which is the next line here.
    #expect(error?.line == 2 || error?.message.contains("truncated") == true, "\(line)")
    #expect(error?.message.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func missingFile() throws {
    let scratch = try TemporaryFolder()
    let error = #expect(throws: RecordError.self) {
      try StoredSamples(scratch("samples.jsonl"))
    }
    #expect(error?.description.contains("score the predictions again") == true)
  }
}
