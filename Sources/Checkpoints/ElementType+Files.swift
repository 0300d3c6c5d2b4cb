import Records
import Tensors

extension ElementType {
  /// Whether these are numbers with a fraction: what weights are made of.
  package var isFloat: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    case .int64, .int32, .int16, .int8, .uint8, .bool: false
    }
  }

  /// What `.safetensors` calls it.
  package var safetensors: SafetensorsType {
    switch self {
    case .float64: .float64
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int64: .int64
    case .int32: .int32
    case .int16: .int16
    case .int8: .int8
    case .uint8: .uint8
    case .bool: .bool
    }
  }

  /// The type of a `.safetensors` header; nil for a name that is not read.
  init?(safetensors name: String) {
    guard let element = Self.allCases.first(where: { $0.safetensors.rawValue == name }) else {
      return nil
    }
    self = element
  }

  /// Numbers as they are stored as float32; one copy where they are that already.
  func convert(_ bytes: UnsafeRawBufferPointer, into floats: UnsafeMutablePointer<Float>) {
    guard let start = bytes.baseAddress else { return }
    convert(start, count: bytes.count / byteCount, into: floats)
  }
}
