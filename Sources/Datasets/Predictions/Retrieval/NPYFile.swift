import Metrics
import Records

/// numpy's `.npy`, versions 1 to 3.
///
/// Source: numpy, `numpy/lib/format.py`.
enum NPYFile {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Numpy pads headers to 64 bytes and refuses those above 10,000.
  private static let headerLimit = 1 << 16

  /// The array of a file.
  ///
  /// - Throws: `DatasetError.badTensor` for a header that is damaged or describes another kind of
  ///   array, and where the file's size is not what the header says.
  static func read(_ file: MappedFile) throws -> ArrayEntry {
    func error(_ reason: String, _ remedy: String = "save it again with numpy.save") -> DatasetError
    {
      .badTensor(path: file.path, member: "header", reason: reason, remedy: remedy)
    }
    let bytes = file.bytes
    guard bytes.count >= 10 else { throw error("the file ends inside the header: it is truncated") }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw error("unknown version \(version).\(bytes[7]) of the .npy format")
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else {
      throw error("the file ends inside the header: it is truncated")
    }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= headerLimit else {
      throw error("a header of \(length) bytes, which no score matrix has")
    }
    guard bytes.count - start >= length else {
      throw error("the file ends inside the header: it is truncated")
    }
    var parser = PythonLiteral(Array(bytes[start..<start + length]))
    guard case .dictionary(let members)? = parser.readAll() else {
      throw error("the header is no Python dictionary")
    }
    guard Set(members.map(\.key)) == ["descr", "fortran_order", "shape"], members.count == 3 else {
      throw error(
        "expected descr, fortran_order and shape, found "
          + members.map(\.key).joined(separator: ", "))
    }
    guard
      case .bool(let isFortranOrder)? = members.first(where: { $0.key == "fortran_order" })?.value
    else { throw error("fortran_order is neither True nor False") }
    guard case .integers(let shape)? = members.first(where: { $0.key == "shape" })?.value else {
      throw error("shape is no tuple of integers")
    }
    let type = members.first { $0.key == "descr" }?.value
    let element = try element(type) { error($0, $1) }
    return try ArrayEntry(
      nil, element: element, shape: shape, isFortranOrder: isFortranOrder, start: start + length,
      in: file)
  }

  private static func element(
    _ type: PythonLiteral.Value?, _ error: (String, String) -> DatasetError
  ) throws -> ScoreMatrix.Element {
    let remedy = "save scores.astype('<f4')"
    guard case .string(let name)? = type else {
      throw error("expected float32 ('<f4'), found a structured array", remedy)
    }
    switch name {
    case "<f2": return .float16
    case "<f4": return .float32
    case "<f8": return .float64
    case "|O": throw error("expected float32 ('<f4'), found pickled Python objects", remedy)
    default: throw error("expected float32 ('<f4'), found '\(name)'", remedy)
    }
  }
}
