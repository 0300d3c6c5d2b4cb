import Foundation
import TestSupport
import Testing

/// The layers of the house: a target imports only what stands left of it.
@Suite struct ImportDirectionTests {
  private static let allowed: [String: Set<String>] = [
    "Text": [],
    "Metrics": ["CRetrieval", "CTensors", "Text"],
    "Records": ["CSHA256"],
    "Archives": ["CZlib", "Records"],
    "Media": ["CJPEG", "CLibAV", "CPixels", "CZlib", "Records"],
    "Pickle": ["Archives", "Records"],
    "Tensors": ["CTensors"],
    "Checkpoints": ["Archives", "Pickle", "Records", "Tensors"],
    "Models": ["Checkpoints", "Media", "Records", "Tensors", "Text"],
    "Resources": ["Archives", "Metrics", "Records", "Text"],
    "Datasets": ["Metrics", "Pickle", "Records", "Text"],
    "Evaluation": [
      "Checkpoints", "Datasets", "Media", "Metrics", "Models", "Records", "Tensors", "Text",
    ],
    "Reporting": ["Datasets", "Evaluation", "Metrics", "Records"],
    "MiniWorld": [
      "CLibAV", "Checkpoints", "Datasets", "Media", "Models", "Records", "Text",
    ],
    "mini-world": ["MiniWorld", "Records"],
    "mplug-eval": [
      "Archives", "Checkpoints", "Datasets", "Evaluation", "Media", "Metrics", "Models", "Pickle",
      "Records", "Reporting", "Resources", "Tensors", "Text",
    ],
  ]

  @Test func importsRunOneWay() throws {
    let sources = Golden.root.appendingPathComponent("Sources")
    let targets = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    let ours = Set(targets)
    var files = 0
    for target in targets where !target.hasPrefix("C") {
      let allowed = try #require(Self.allowed[target], "\(target) is not in the list of layers")
      let folder = sources.appendingPathComponent(target)
      let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(all) where file.pathExtension == "swift" {
        files += 1
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?m)^(?:@\w+ )?(?:\w+ )?import (\w+)/) {
          let name = String(match.1)
          if ours.contains(name) {
            #expect(allowed.contains(name), "\(file.path) imports \(name)")
          }
        }
      }
    }
    #expect(files > 50)
  }
}
