import CTensors
import Tensors
import Testing

/// Stored numbers as float32, at addresses of any alignment.
@Suite struct ElementTypeTests {
  func floats<Stored>(_ element: ElementType, _ numbers: [Stored]) -> [Float] {
    let bytes = [0xFF] + numbers.withUnsafeBytes { Array($0) }
    return bytes.withUnsafeBytes { bytes in
      [Float](unsafeUninitializedCapacity: numbers.count) { buffer, count in
        guard let start = bytes.baseAddress, let target = buffer.baseAddress else { return }
        element.convert(start + 1, count: numbers.count, into: target)
        count = numbers.count
      }
    }
  }

  @Test func everyHalf() {
    let halves = (0...UInt16.max).map { $0 }
    let results = floats(.float16, halves)
    for half in halves {
      // By the format's definition.
      let (exponent, fraction) = (Int(half >> 10 & 31), Double(half & 1023))
      let result = results[Int(half)]
      switch (exponent, fraction) {
      case (31, 0): #expect(result == (half >> 15 == 1 ? -.infinity : .infinity))
      case (31, _): #expect(result.isNaN)
      default:
        let magnitude = exponent == 0 ? fraction / 1024 : 1 + fraction / 1024
        let scale = Double(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
        #expect(result == Float(magnitude * scale) * (half >> 15 == 1 ? -1 : 1))
      }
      #expect(result.sign == (half >> 15 == 1 ? .minus : .plus))
    }
  }

  @Test func bfloats() {
    let expected = [1, -2.5, 0, -0.0, .infinity, Float(bitPattern: 0x0001_0000)]
    let stored = expected.map { UInt16($0.bitPattern >> 16) }
    let results = floats(.bfloat16, stored)
    #expect(results.map(\.bitPattern) == stored.map { UInt32($0) << 16 })
    #expect(floats(.bfloat16, [UInt16(0x7FC0)])[0].isNaN)
  }

  @Test func doubles() {
    let stored = [1, -0.1, 1e300, -1e300, 1e-46, 1 + 0x1p-24, 1 + 0x1.8p-23, .infinity]
    #expect(floats(.float64, stored) == stored.map { Float($0) })
    #expect(floats(.float64, [Double.nan])[0].isNaN)
  }

  @Test func integers() {
    let wide: [Int64] = [0, -1, .max, .min, 16_777_217, 16_777_219, -16_777_217, 1 << 40]
    #expect(floats(.int64, wide) == wide.map { Float($0) })
    #expect(floats(.int64, wide)[4] == 16_777_216)
    let middle: [Int32] = [0, -1, .max, .min, 16_777_217, 16_777_219]
    #expect(floats(.int32, middle) == middle.map { Float($0) })
    let short: [Int16] = (0..<100).map { $0 * 300 - 15000 } + [.max, .min]
    #expect(floats(.int16, short) == short.map { Float($0) })
    #expect(floats(.int8, (Int8.min...Int8.max).map { $0 }) == (-128...127).map { Float($0) })
    #expect(floats(.uint8, (0...UInt8.max).map { $0 }) == (0...255).map { Float($0) })
    #expect(floats(.bool, [UInt8(0), 1, 2, 255]) == [0, 1, 1, 1])
  }

  @Test func plainFloats() {
    let stored: [Float] = [1, -0.0, .infinity, Float(bitPattern: 71_362)]
    #expect(floats(.float32, stored).map(\.bitPattern) == stored.map(\.bitPattern))
    #expect(floats(.float32, [Float]()) == [])
  }

  @Test(arguments: CTENSORS_FLOAT32.rawValue...CTENSORS_BOOL.rawValue)
  func bodiesAgree(element: UInt32) {
    let count = 1000
    let bytes = (0..<count * 8).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 11) }
    func converted(_ body: ctensors_body) -> [Float] {
      [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        ctensors_convert(body, ctensors_element(element), count, bytes, buffer.baseAddress)
        filled = count
      }
    }
    let truth = converted(CTENSORS_SCALAR).map(\.bitPattern)
    for body in vectorBodies { #expect(converted(body).map(\.bitPattern) == truth) }
  }
}
