import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

/// The models that have a name, and what is loaded when one is asked for.
@Suite struct ModelRegistryTests {
  @Test func names() throws {
    let cards = try ModelRegistry.cards()
    let names = cards.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["mplug-base", "mplug-large", "mplug-large-v2"]))
    for card in cards {
      #expect(!ModelRegistry.isFile(card.name) && !card.title.isEmpty && !card.summary.isEmpty)
      #expect(card.protocols.map(\.task) == ModelTask.allCases)
      // Only resolution and frames are a matter of the model.
      for settings in card.protocols {
        let standard = TaskProtocol.standard(
          settings.task, resolution: settings.resolution, frames: settings.frames)
        #expect(settings == standard)
      }
    }
    #expect(ModelRegistry.isFile("a.yaml") && ModelRegistry.isFile("dir/config.json"))
  }

  /// The resolutions of the original's scripts.
  @Test func resolutionsOfTheReference() throws {
    let cards = try ModelRegistry.cards()
    func resolution(_ name: String, _ task: ModelTask) -> Int? {
      cards.first { $0.name == name }?.protocols.first { $0.task == task }?.resolution
    }
    for (task, base, large) in [
      (ModelTask.vqa, 384, 336), (.caption, 384, 336), (.retrieval, nil, 336),
      (.grounding, nil, 336), (.videoRetrieval, nil, 224), (.videoQA, 480, nil),
      (.videoCaption, nil, 448),
    ] as [(ModelTask, Int?, Int?)] {
      if let base { #expect(resolution("mplug-base", task) == base) }
      if let large {
        #expect(resolution("mplug-large", task) == large)
        #expect(resolution("mplug-large-v2", task) == large)
      }
    }
  }

  private func request(
    _ name: String?, tasks: Set<ModelTask> = [.caption], vocabulary: String = "vocab.txt",
    checkpoint: String = "tiny-base/checkpoint.pth"
  ) -> ModelRequest {
    func path(_ name: String) -> String {
      Golden.fixtures.appendingPathComponent("model/\(name)").path
    }
    return ModelRequest(
      name: name.map { $0.hasSuffix(".json") ? path($0) : $0 }, checkpoint: path(checkpoint),
      vocabulary: path(vocabulary), tasks: tasks, engine: Engine())
  }

  private func fails(_ says: String, _ request: ModelRequest) {
    #expect {
      try ModelRegistry.load(request)
    } throws: { error in
      let line = "\(error)"
      let fits = line.contains(says) && !line.contains("\n")
      if !fits { Issue.record("'\(says)' is not in: \(line)") }
      return fits
    }
  }

  @Test func aModelOfAFile() throws {
    let model = try ModelRegistry.load(request("tiny-base/config.json"))
    #expect(model.name == "config" && model.tasks == [.caption, .videoCaption])
    #expect(model is any Captioning)
  }

  /// Weights, the sizes that no weight shows, and the vocabulary are in the identity; the threads are
  /// not.
  @Test func identity() throws {
    var asked = request("tiny-base/config.json")
    let known = try ModelRegistry.load(asked).identity
    #expect(known.map(\.key) == ["model", "weights", "sizes", "vocab", "products"])
    #expect(known[1].value.count == 64 && known[3].value.count == 64)
    asked.engine = Engine(threads: 1)
    #expect(try ModelRegistry.load(asked).identity == known)
    let json = try String(contentsOfFile: asked.name ?? "", encoding: .utf8)
    let changed = json.replacing("\"stride_layer\": 2", with: "\"stride_layer\": 3")
    try #require(changed != json)
    let scratch = try TemporaryFolder()
    asked.name = try scratch.write("config.json", changed)
    let other = try withExtendedLifetime(scratch) { try ModelRegistry.load(asked).identity }
    #expect(zip(other, known).filter { $0 != $1 }.map(\.0.key) == ["sizes"])
  }

  @Test func whatIsRefused() throws {
    fails(
      "unknown model 'mplug-bsae'; did you mean mplug-base", request("mplug-bsae"))
    fails(
      "its sizes are those of no known model, mini is nearest (vision layers 3, not 2",
      request(nil))
    fails("text/vocab.txt: ", request("tiny-base/config.json", vocabulary: "text/vocab.txt"))
    fails("no such file", request("tiny-base/config.json", vocabulary: "none.txt"))
    fails("no such file", request("no/such.json"))
    fails("vision width 64, not 128", request("tiny-large/config.json"))
    // The checkpoint has no head for it.
    fails("cls_head.0.weight", request("tiny-base/config.json", tasks: [.entailment]))
    fails("cls_head.0.weight", request("tiny-base/config.json", tasks: [.reasoning]))
    fails(
      "it is no mPLUG",
      request(
        "tiny-base/config.json", tasks: [.caption], checkpoint: "tiny-base/heads.safetensors"))
  }
}
