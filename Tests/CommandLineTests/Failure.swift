import Foundation
import TestSupport
import Testing

/// Runs the command and checks how it fails: the exit code, one line on standard error that holds
/// what is asked for, nothing on standard output, and no file left behind.
func expectFailure(
  _ status: Int32, saying parts: [String], _ arguments: [String], input: Data = Data(),
  in scratch: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let before = try files(under: scratch.path)
  let result = try BuiltBinary.run(arguments, input: input, in: scratch.path)
  let line = result.errors
  #expect(result.status == status, "\(line)", sourceLocation: sourceLocation)
  #expect(result.output == "", sourceLocation: sourceLocation)
  #expect(line.hasPrefix("mplug-eval: "), "\(line)", sourceLocation: sourceLocation)
  #expect(
    line.hasSuffix("\n") && line.utf8.count { $0 == 0x0A } == 1, "\(line)",
    sourceLocation: sourceLocation)
  for part in parts {
    #expect(line.contains(part), "'\(part)' is not in: \(line)", sourceLocation: sourceLocation)
  }
  #expect(try files(under: scratch.path) == before, sourceLocation: sourceLocation)
}

/// The paths of everything under a folder, hidden names too.
func files(under folder: String) throws -> [String] {
  try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
}

/// The embedded set and the two tasks that it has.
enum Mini {
  static let folder = Golden.root.appendingPathComponent("benchmarks/mini").path

  static func file(_ name: String) -> String { "\(folder)/\(name)" }
}

/// A task by its names: tests of prediction files hold for both.
enum Task: String, CaseIterable, Sendable {
  case answers, captions

  var benchmark: String { self == .answers ? "mini-vqav2/val" : "mini-coco-caption/test" }
  var id: String { self == .answers ? "question_id" : "image_id" }
  var text: String { self == .answers ? "answer" : "caption" }
  var samples: Int { self == .answers ? 158 : 30 }
  var primary: String { self == .answers ? "accuracy" : "CIDEr" }
  var things: String { self == .answers ? "questions" : "images" }

  /// The prediction file of one of the embedded systems.
  func predictions(_ system: String = "attentive") -> String {
    Mini.file(
      "predictions/\(system)/" + (self == .answers ? "vqav2-val.json" : "coco-caption-test.json"))
  }

  /// The arguments that score a file against the embedded set.
  func score(_ predictions: String, _ more: String...) -> [String] {
    ["score", benchmark, "--predictions", predictions, "--data", Mini.folder] + more
  }
}

/// A file's content with the place at which the command must complain.
struct Marked {
  let bytes: Data
  /// `line:column`, from 1.
  let place: String

  /// - Parameter text: `@` marks the place and is left out, `\u{FFFD}` stands for the byte 0xFF.
  init(_ text: String) {
    let before = text.prefix { $0 != "@" }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    place = "\(lines.count):\((lines.last?.unicodeScalars.count ?? 0) + 1)"
    var bytes = Data()
    for scalar in text.unicodeScalars where scalar != "@" {
      if scalar == "\u{FFFD}" { bytes.append(0xFF) } else { bytes.append(contentsOf: scalar.utf8) }
    }
    self.bytes = bytes
  }
}
