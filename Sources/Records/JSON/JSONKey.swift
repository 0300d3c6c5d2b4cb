import Glibc

/// The name of an object's member, lent to a reader's closure and valid until that returns.
package struct JSONKey {
  @usableFromInline let start: UnsafePointer<UInt8>
  @usableFromInline let count: Int
  /// A name with escapes lies in memory of its own, which the reader frees.
  @usableFromInline let isOwned: Bool

  @inlinable
  init(start: UnsafePointer<UInt8>, count: Int, isOwned: Bool) {
    self.start = start
    self.count = count
    self.isOwned = isOwned
  }

  /// The name without escapes, as UTF-8.
  @inlinable
  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: count)
  }

  /// The name as a string of its own.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Lets `switch key { case "question_id": … }` compare bytes.
  @inlinable
  package static func ~= (pattern: StaticString, key: JSONKey) -> Bool {
    key.count == pattern.utf8CodeUnitCount && memcmp(key.start, pattern.utf8Start, key.count) == 0
  }

  @inlinable
  func free() {
    if isOwned { start.deallocate() }
  }
}
