import Records
import Testing

@Suite struct JSONWriterTests {
  private func text(_ value: JSONValue, _ style: JSONWriter.Style = .compact) throws -> String {
    String(decoding: try value.serialized(style), as: UTF8.self)
  }

  @Test func compactAndSorted() throws {
    let value: JSONValue = [
      "b": [1, -2.5, 3.0, nil, true], "a": [:], "é": [], "Z": "\"\\\u{1}\u{1F}\n\t\u{7F}é😀/",
    ]
    #expect(
      try text(value) == #"{"Z":"\"\\\u0001\u001f\n\t"# + "\u{7F}é😀/"
        + #"","a":{},"b":[1,-2.5,3.0,null,true],"é":[]}"#)
    let kept = try value.serialized(order: .kept)
    #expect(String(decoding: kept, as: UTF8.self).hasPrefix(#"{"b":["#))
  }

  @Test func pretty() throws {
    let value: JSONValue = ["a": [1, ["x": nil]], "b": [:], "c": []]
    let expected = """
      {
        "a": [
          1,
          {
            "x": null
          }
        ],
        "b": {},
        "c": []
      }

      """
    #expect(try text(value, .pretty) == expected)
  }

  @Test func roundTrip() throws {
    let value = try parse(Array(sample.utf8))
    for style in [JSONWriter.Style.compact, .pretty] {
      let bytes = try value.serialized(style)
      #expect(try parse(bytes) == value)
      #expect(try parse(bytes).serialized(style) == bytes)
    }
    #expect(try value.serialized(.pretty, order: .kept) != value.serialized(.pretty))
  }

  @Test func numbersReadBack() throws {
    for value in [
      0.1, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 1e16, 1e-5, 123456789.123,
    ] {
      let read = try parse(JSONValue.double(value).serialized()).double
      #expect(read?.bitPattern == value.bitPattern)
    }
    #expect(try text([.int(.min), .int(.max), 0]) == "[\(Int.min),\(Int.max),0]")
  }

  @Test func notANumberIsRefused() throws {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: RecordError.self) { try JSONValue.double(value).serialized() }
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("score")
    do {
      try writer.double(.nan)
      Issue.record("a NaN was written")
    } catch {
      #expect("\(error)".hasPrefix("the member \"score\": nan cannot be written in JSON"))
    }
  }

  @Test func streamOfLines() throws {
    var writer = JSONWriter()
    for index in 0..<3 {
      writer.beginObject()
      writer.key("id")
      writer.int(index)
      writer.key("ok")
      writer.bool(index > 0)
      writer.endObject()
      writer.newline()
    }
    var drained: [UInt8] = []
    writer.drain { drained.append(contentsOf: $0) }
    #expect(writer.bytes.isEmpty)
    let lines = "{\"id\":0,\"ok\":false}\n{\"id\":1,\"ok\":true}\n{\"id\":2,\"ok\":true}\n"
    #expect(String(decoding: drained, as: UTF8.self) == lines)
  }

  /// `String` holds these equal; their code points differ.
  @Test func equalityIsOfCodePoints() {
    #expect(JSONValue.string("e\u{301}") != .string("\u{E9}"))
    let object: JSONValue = ["e\u{301}": 1, "\u{E9}": 2]
    #expect(object.object?.members.count == 2)
    #expect(object["\u{E9}"] == 2)
    #expect(["a": 1, "b": 2] as JSONValue == ["b": 2, "a": 1])
    #expect(["a": 1] as JSONValue != ["a": 1.0])
  }
}
