import Foundation

/// `BenchmarkTable FOLDER OUTPUT STAMP`: writes a Swift file with the text of `FOLDER/*.yaml` and
/// `FOLDER/published/*.yaml`, in the order of their paths' code points, unless it is already so; then
/// the time of the run into the stamp.
@main
struct BenchmarkTable {
  static func main() {
    do {
      guard CommandLine.arguments.count == 4 else {
        throw Failure("usage: BenchmarkTable FOLDER OUTPUT STAMP")
      }
      let folder = URL(fileURLWithPath: CommandLine.arguments[1])
      let source = Data(try swift(for: paths(under: folder), under: folder).utf8)
      let output = URL(fileURLWithPath: CommandLine.arguments[2])
      // A file that is written anew is compiled anew.
      if (try? Data(contentsOf: output)) != source {
        try source.write(to: output, options: .atomic)
      }
      try Data("\(Date().timeIntervalSince1970)\n".utf8)
        .write(to: URL(fileURLWithPath: CommandLine.arguments[3]))
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func paths(under folder: URL) throws -> [String] {
    try ["", "published/"].flatMap { prefix in
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + prefix)
        .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { prefix + $0 }
    }
    .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  private static func swift(for paths: [String], under folder: URL) throws -> String {
    var text = "// Generated from benchmarks/ by Plugins/BenchmarkTable at each build.\n"
    text += "extension EmbeddedFiles {\n  static let table: [(path: String, text: String)] = [\n"
    for path in paths {
      let file = folder.appendingPathComponent(path)
      guard let content = String(validating: try Data(contentsOf: file), as: UTF8.self) else {
        throw Failure("\(file.path): is not UTF-8; save it as UTF-8")
      }
      text += "    (\(literal(path)), \(literal(content))),\n"
    }
    return text + "  ]\n}\n"
  }

  /// A string literal on one line, of ASCII alone: nothing in it can end it or be changed by it.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": literal += "\\n"
      case "\"", "\\": literal += "\\\(scalar)"
      case " "..."~": literal.unicodeScalars.append(scalar)
      default: literal += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return literal + "\""
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }
}
