import Metrics
import Records

extension JSONReader {
  /// Reads `[x, y, width, height]`: four finite numbers, the last two not negative.
  ///
  /// - Parameter index: The record, for errors.
  /// - Throws: `DatasetError.badRecord`, and `JSONError` where the text is no JSON at all.
  mutating func readPixelBox(record index: Int) throws -> PixelBox {
    let remedy = "write [x, y, width, height] in pixels of the image"
    guard try peek() == .array else {
      throw badRecord(index, "\"bbox\" must be a list, found \(foundText())", remedy: remedy)
    }
    let start = offset
    var numbers: [Double] = []
    try readArray { reader in
      let before = reader
      let number: Double
      do {
        number = try reader.readDouble()
      } catch  where !before.endsInValue {
        // Also NaN and Infinity, which are no JSON, but what Python writes.
        throw before.badRecord(
          index, "\"bbox\" must hold finite numbers, found \(before.foundText())", remedy: remedy)
      }
      guard numbers.count < 4 else {
        throw before.badRecord(
          index, "\"bbox\" has more than four numbers", remedy: remedy, at: start)
      }
      numbers.append(number)
    }
    guard numbers.count == 4 else {
      throw badRecord(
        index, "\"bbox\" has \(numbers.count) numbers, not four", remedy: remedy, at: start)
    }
    guard numbers[2] >= 0, numbers[3] >= 0 else {
      throw badRecord(
        index, "\"bbox\" has the size \(numbers[2]) x \(numbers[3])",
        remedy: remedy + ", not two corners", at: start)
    }
    return PixelBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  /// Whether the file ends before the next value does: the error is then that it is cut off.
  private var endsInValue: Bool {
    file.bytes[offset...].allSatisfy {
      $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]")
    }
  }
}
