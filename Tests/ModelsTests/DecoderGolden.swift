import Models
import Records
import Tensors
import TestSupport
import Testing

/// A decoder of a golden model with the golden states that it attends to.
struct DecoderGolden {
  let model: GoldenModel
  let decoder: TextDecoder
  var engine: Engine { model.engine }

  init(_ name: String, engine: Engine = Engine()) throws {
    model = try GoldenModel(name, engine: engine)
    decoder = try TextDecoder(model.reader, model.configuration)
  }

  /// What a task's decoder attends to: `[v; t]` of the fusion encoder where the file has it, else the
  /// projected tokens of the picture.
  ///
  /// - Parameter changed: Whether one channel has other numbers.
  func states(_ task: String, changed: Bool = false) throws -> (HiddenStates, [[Int]]) {
    let tensors = try model.tensors(task)
    let names = ["fusion_image", "image_embeds", "visual"].filter {
      tensors.shape($0).last == model.configuration.text.width
    }
    let image = tensors.states(try #require(names.first), engine)
    let hasText = names.first == "fusion_image"
    let text = hasText ? tensors.states("fusion_text", engine) : nil
    let masks = ["question_mask", "word_mask"].lazy.map { tensors.integers($0) }
      .first { !$0.isEmpty }
    var (parts, sequences, visible): ([Matrix], [Range<Int>], [[Int]]) = ([], [], [])
    var start = 0
    for item in image.sequences.indices {
      let pictures = image.sequences[item]
      var all = [image.rows.rows(pictures)]
      var seen = Array(start..<start + pictures.count)
      var count = pictures.count
      if let text {
        all.append(text.rows.rows(text.sequences[item]))
        for (place, isSeen) in (masks?[item] ?? []).enumerated() where isSeen != 0 {
          seen.append(start + count + place)
        }
        count += text.sequences[item].count
      }
      parts += all
      sequences.append(start..<start + count)
      visible.append(seen)
      start += count
    }
    var floats = parts.flatMap(\.floats)
    if changed {
      for place in stride(from: 3, to: floats.count, by: image.rows.width) { floats[place] += 1 }
    }
    return (
      HiddenStates(rows: engine.matrix(start, image.rows.width, floats), sequences: sequences),
      visible
    )
  }

  /// The memories of a task.
  func memories(
    _ task: String, changed: Bool = false, budget: Int = .max
  ) throws -> [DecoderMemory] {
    let (states, visible) = try states(task, changed: changed)
    return decoder.memories(states, visible: visible, budget: budget, engine)
  }

  /// The beam search of a task as its manifest describes it, and the prompts.
  func search(_ task: String) throws -> (BeamSearch, [Int32]) {
    let manifest = try model.manifest(task)
    let search = BeamSearch(
      beams: try #require(manifest["beam_size"]?.int),
      minLength: try #require(manifest["min_length"]?.int),
      maxLength: try #require(manifest["max_length"]?.int))
    let first = try model.tensors(task).integers("alive_step0")
    return (search, try #require(first.first))
  }
}

extension JSONValue {
  /// Lists of lists of ids.
  var idLists: [[[Int32]]] {
    (array ?? []).map { list in
      (list.array ?? []).map { ($0.array ?? []).compactMap(\.int).map(Int32.init) }
    }
  }

  /// Lists of numbers.
  var numberLists: [[Float]] {
    (array ?? []).map { ($0.array ?? []).compactMap(\.double).map(Float.init) }
  }
}
