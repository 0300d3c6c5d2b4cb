import Foundation

/// `BenchmarkTable FOLDER OUTPUT STAMP TYPE SUBFOLDER...`: writes a Swift file with the text of the
/// YAML files in some subfolders of a folder (`.` is the folder itself), in the order of
/// their paths' code points, as the table of a type, unless it is already so; then the time of the run
/// into the stamp.
@main
struct BenchmarkTable {
  static func main() {
    do {
      guard CommandLine.arguments.count > 5 else {
        throw Failure("usage: BenchmarkTable FOLDER OUTPUT STAMP TYPE SUBFOLDER...")
      }
      let folder = URL(fileURLWithPath: CommandLine.arguments[1])
      let paths = try paths(under: folder, in: CommandLine.arguments.dropFirst(5))
      let source = Data(
        try swift(for: paths, under: folder, type: CommandLine.arguments[4]).utf8)
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

  private static func paths(
    under folder: URL, in subfolders: ArraySlice<String>
  ) throws -> [String] {
    try subfolders.flatMap { subfolder in
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + subfolder)
        .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
        .map { subfolder == "." ? $0 : subfolder + "/" + $0 }
    }
    .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  private static func swift(
    for paths: [String], under folder: URL, type: String
  ) throws -> String {
    var text = "// Generated from benchmarks/ by Plugins/BenchmarkTable at each build.\n"
    text += "extension \(type) {\n  static let table: [(path: String, text: String)] = [\n"
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
