/// Reads a JSON document (RFC 8259, strictly) from first to last byte, without building a tree.
///
/// The caller asks for what should come next: `readObject`, `readInt` and so on, or `peek()` where
/// several kinds are legal. Everything is validated, also what is skipped. No value costs an
/// allocation but the strings that are asked for as `String`. A repeated member name is the caller's
/// to find (`readValue` refuses it). After an error the reader is of no further use.
package struct JSONReader {
  /// What a value is.
  package enum Kind: Sendable {
    case object, array, string, number, bool, null
  }

  /// The document; its pages are given back to the system as they are consumed.
  package let file: MappedFile

  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let end: UnsafePointer<UInt8>
  @usableFromInline var cursor: UnsafePointer<UInt8>
  @usableFromInline var depth = 0
  @usableFromInline let depthLimit: Int
  /// Where consumed pages are next given back.
  @usableFromInline var releasePoint: UnsafePointer<UInt8>
  /// The last string that had escapes, without them.
  var unescaped: [UInt8] = []

  static let releaseStep = 4 << 20

  /// - Parameter depthLimit: how deep arrays and objects may nest.
  /// - Throws: `JSONError` where the file is evidently something else: a Git LFS pointer, a web
  ///   page, an archive, UTF-16.
  package init(_ file: MappedFile, depthLimit: Int = 128) throws {
    if let foreign = ForeignContent(file) {
      throw JSONError(
        file: file.path, line: 1, column: 1, message: foreign.explanation, excerpt: "")
    }
    self.file = file
    base = file.start
    end = base + file.count
    cursor = base + (file.bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0)
    releasePoint = base + Self.releaseStep
    self.depthLimit = depthLimit
  }

  /// A reader that begins at a byte of a file that has been read before: lines whose places were
  /// noted are read again one by one.
  package init(_ file: MappedFile, at offset: Int, depthLimit: Int = 128) {
    precondition((0...file.count).contains(offset))
    self.file = file
    base = file.start
    end = base + file.count
    cursor = base + offset
    releasePoint = cursor + Self.releaseStep
    self.depthLimit = depthLimit
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The kind of the next value.
  ///
  /// - Throws: `JSONError` at the end of the input, or where no value begins.
  package mutating func peek() throws -> Kind {
    skipWhitespace()
    switch byte {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    default: throw unexpected("a value")
    }
  }

  /// Reads an object; the closure must read, or `skip()`, the value of each member it is given.
  ///
  /// - Throws: `JSONError`, and what the closure throws.
  @inlinable
  package mutating func readObject(
    _ member: (_ key: JSONKey, _ reader: inout JSONReader) throws -> Void
  ) throws {
    guard try open(UInt8(ascii: "{"), closing: UInt8(ascii: "}"), "an object") else { return }
    repeat {
      let key = try readKey()
      defer { key.free() }
      let start = cursor
      try member(key, &self)
      if cursor == start { throw unread() }
    } while try hasNext(UInt8(ascii: "}"), "an object")
  }

  /// Reads an array; the closure must read, or `skip()`, one element each time it is called.
  ///
  /// - Throws: `JSONError`, and what the closure throws.
  @inlinable
  package mutating func readArray(_ element: (_ reader: inout JSONReader) throws -> Void) throws {
    guard try open(UInt8(ascii: "["), closing: UInt8(ascii: "]"), "an array") else { return }
    repeat {
      let start = cursor
      try element(&self)
      if cursor == start { throw unread() }
    } while try hasNext(UInt8(ascii: "]"), "an array")
  }

  /// Checks that nothing but white space follows.
  ///
  /// - Throws: `JSONError` at what follows.
  package mutating func finish() throws {
    guard !atEnd() else { return }
    throw error("the document ends here, but \(foundText()) follows")
  }

  /// Whether nothing but white space is left.
  package mutating func atEnd() -> Bool {
    skipWhitespace()
    return cursor == end
  }
}

extension JSONReader {
  /// The byte under the cursor; 0, which is legal nowhere, at the end.
  @inlinable
  var byte: UInt8 {
    @inline(__always) get { cursor < end ? cursor.pointee : 0 }
  }

  @inlinable @inline(__always)
  mutating func skipWhitespace() {
    while cursor < end, JSONReader.isWhitespace(cursor.pointee) { cursor += 1 }
  }

  @inlinable @inline(__always)
  static func isWhitespace(_ byte: UInt8) -> Bool {
    byte <= 0x20 && (byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09)
  }

  /// Enters an array or object; false where it is empty, and then it is left again.
  @usableFromInline
  mutating func open(_ opening: UInt8, closing: UInt8, _ kind: StaticString) throws -> Bool {
    skipWhitespace()
    guard byte == opening else { throw unexpected("\(kind)") }
    guard depth < depthLimit else {
      throw error("arrays and objects are nested deeper than \(depthLimit) levels")
    }
    cursor += 1
    skipWhitespace()
    if byte == closing {
      cursor += 1
      return false
    }
    depth += 1
    return true
  }

  /// After a member or an element: passes the comma, or leaves the array or object.
  @inlinable
  mutating func hasNext(_ closing: UInt8, _ kind: StaticString) throws -> Bool {
    if cursor >= releasePoint { releasePages() }
    skipWhitespace()
    let next = byte
    if next == UInt8(ascii: ",") {
      let comma = cursor
      cursor += 1
      skipWhitespace()
      if byte == closing { throw trailingComma(at: comma, kind) }
      return true
    }
    guard next == closing else { throw unseparated(closing, kind) }
    cursor += 1
    depth -= 1
    return false
  }

  /// Reads a member's name and the colon; the cursor is then on the value.
  @usableFromInline
  mutating func readKey() throws -> JSONKey {
    guard byte == UInt8(ascii: "\"") else { throw unexpected("a member's name in double quotes") }
    let span = try scanString()
    var key = JSONKey(start: span.start, count: span.count, isOwned: false)
    skipWhitespace()
    guard byte == UInt8(ascii: ":") else {
      if cursor == end { throw endsInside("an object") }
      throw error("expected ':' after a member's name, found \(foundText())")
    }
    cursor += 1
    skipWhitespace()
    if span.hasEscapes {
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, span.count))
      let count = JSONReader.unescape(span, into: memory)
      key = JSONKey(start: memory, count: count, isOwned: true)
    }
    return key
  }

  @usableFromInline
  mutating func releasePages() {
    file.release(upTo: cursor - base)
    releasePoint = cursor + min(Self.releaseStep, end - cursor + 1)
  }
}
