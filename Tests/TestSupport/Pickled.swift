import Records

/// Writes pickles of plain values for tests.
package enum Pickled {
  /// A pickle of protocol 2; with `tuples`, the elements of the outermost list become tuples.
  package static func bytes(_ value: JSONValue, tuples: Bool = false) -> [UInt8] {
    var out: [UInt8] = [0x80, 2]
    if tuples, case .array(let records) = value {
      out += [UInt8(ascii: "]"), UInt8(ascii: "(")]
      for record in records {
        guard case .array(let fields) = record else { continue }
        out.append(UInt8(ascii: "("))
        for field in fields { append(field, to: &out) }
        out.append(UInt8(ascii: "t"))
      }
      out.append(UInt8(ascii: "e"))
    } else {
      append(value, to: &out)
    }
    return out + [UInt8(ascii: ".")]
  }

  /// What `torch.save` wrote before PyTorch 1.6.
  package static func legacyTorch(_ value: JSONValue) -> [UInt8] {
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    return magic + bytes(1001) + bytes(["little_endian": true, "protocol_version": 1001])
      + bytes(value, tuples: true) + bytes(.array([]))
  }

  private static func append(_ value: JSONValue, to out: inout [UInt8]) {
    switch value {
    case .null: out.append(UInt8(ascii: "N"))
    case .bool(let bool): out.append(bool ? 0x88 : 0x89)
    case .int(let int): out += Array("I\(int)\n".utf8)
    case .double(let double):
      out.append(UInt8(ascii: "G"))
      withUnsafeBytes(of: double.bitPattern.bigEndian) { out += Array($0) }
    case .string(let string):
      out.append(UInt8(ascii: "X"))
      withUnsafeBytes(of: UInt32(string.utf8.count).littleEndian) { out += Array($0) }
      out += Array(string.utf8)
    case .array(let elements):
      out += [UInt8(ascii: "]"), UInt8(ascii: "(")]
      for element in elements { append(element, to: &out) }
      out.append(UInt8(ascii: "e"))
    case .object(let object):
      out += [UInt8(ascii: "}"), UInt8(ascii: "(")]
      for member in object.members {
        append(.string(member.key), to: &out)
        append(member.value, to: &out)
      }
      out.append(UInt8(ascii: "u"))
    }
  }
}
