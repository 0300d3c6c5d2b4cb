import Records

extension ElementType {
  /// Elements as float32; float64 and the larger integers are rounded to the nearest.
  func convert(_ source: UnsafeRawBufferPointer, into memory: UnsafeMutablePointer<Float>) {
    let count = source.count / size
    func each<Bits: BitwiseCopyable>(_ type: Bits.Type, _ float: (Bits) -> Float) {
      for index in 0..<count {
        memory[index] = float(source.loadUnaligned(fromByteOffset: index * size, as: type))
      }
    }
    switch self {
    case .float32:
      UnsafeMutableRawBufferPointer(start: memory, count: source.count).copyMemory(from: source)
    case .float64: each(Double.self) { Float($0) }
    case .float16: each(UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: each(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .int64: each(Int64.self) { Float($0) }
    case .int32: each(Int32.self) { Float($0) }
    case .int16: each(Int16.self) { Float($0) }
    case .int8: each(Int8.self) { Float($0) }
    case .uint8, .bool: each(UInt8.self) { Float($0) }
    }
  }
}
