import CTensors

/// What the numbers of a tensor in a file are stored as.
package enum ElementType: String, Sendable, CaseIterable {
  case float32
  case float16
  case bfloat16
  case float64
  case int64
  case int32
  case int16
  case int8
  case uint8
  /// A byte: 0 is false, anything else true.
  case bool

  /// Bytes of a number.
  package var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  var code: ctensors_element {
    switch self {
    case .float32: CTENSORS_FLOAT32
    case .float16: CTENSORS_FLOAT16
    case .bfloat16: CTENSORS_BFLOAT16
    case .float64: CTENSORS_FLOAT64
    case .int64: CTENSORS_INT64
    case .int32: CTENSORS_INT32
    case .int16: CTENSORS_INT16
    case .int8: CTENSORS_INT8
    case .uint8: CTENSORS_UINT8
    case .bool: CTENSORS_BOOL
    }
  }

  /// Converts numbers to float32 as PyTorch's `float()`: exact where float32 has the number,
  /// otherwise the nearest one (of two the even one), beyond its range infinity.
  ///
  /// - Parameters:
  ///   - elements: `count · byteCount` bytes, little-endian, at any address.
  ///   - floats: Room for `count` numbers, elsewhere.
  package func convert(
    _ elements: UnsafeRawPointer, count: Int, into floats: UnsafeMutablePointer<Float>
  ) {
    precondition(count >= 0)
    ctensors_convert(CTENSORS_FASTEST, code, count, elements, floats)
  }
}
