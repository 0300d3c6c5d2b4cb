import Tensors

extension MPLUGModel: Judging {
  package func entailments(
    of sentences: [VisualText], _ task: TaskProtocol
  ) throws -> [Classified] {
    let fusion = try require(network.fusion, "the fusion encoder", task.task)
    // Consecutive sentences about one picture share its keys and values.
    var results: [Classified] = []
    for run in runs(of: sentences) {
      let part = Array(sentences[run])
      let texts = try encodable(part.map(\.input), task)
      let batch = TokenBatch(texts.ids)
      let memory = fusion.memories(image: try states(of: [part[0].visual], task), engine)[0]
      let fused = fusion.fusedCLS(
        memory, text: try textStates(batch, task), visible: batch.visible, engine)
      results += try classified(fused, part.map(\.input), texts.remarks, task)
    }
    return results
  }

  package func judgements(of statements: [PairText], _ task: TaskProtocol) throws -> [Classified] {
    let fusion = try require(network.fusion, "the fusion encoder", task.task)
    var results: [Classified] = []
    // Some at a time: the keys and values of two pictures each.
    for start in stride(from: 0, to: statements.count, by: 8) {
      let part = Array(statements[start..<min(start + 8, statements.count)])
      let texts = try encodable(part.map(\.input), task)
      let batch = TokenBatch(texts.ids)
      let fused = fusion.reasoning(
        images: (try states(of: part.map(\.first), task), try states(of: part.map(\.second), task)),
        text: try textStates(batch, task), visible: batch.visible, engine)
      results += try classified(fused, part.map(\.input), texts.remarks, task)
    }
    return results
  }

  /// Consecutive texts about the same features, which are recognised by their memory.
  private func runs(of items: [VisualText]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, item) in items.enumerated() {
      if let last = runs.last,
        items[last.lowerBound].visual.tokens.pointer == item.visual.tokens.pointer
      {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  private func classified(
    _ fused: Matrix, _ inputs: [TextInput], _ remarks: [[SampleRemark]], _ task: TaskProtocol
  ) throws -> [Classified] {
    let rule = try require(task.output.classification, task, "classes")
    let head = try require(network.classification, "the classification head", task.task)
    let logits = head(fused, engine)
    guard logits.width == rule.labels.count else {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue,
        reason: "its head has \(logits.width) classes, the task \(rule.labels.count)",
        remedy: "take a checkpoint that was tuned for this task")
    }
    try check(logits, inputs.indices.map { $0..<$0 + 1 }, of: inputs, task)
    return inputs.enumerated().map { index, input in
      let own = logits.rows(index..<index + 1).floats
      let best = own.indices.max { own[$0] < own[$1] || (own[$0] == own[$1] && $0 > $1) } ?? 0
      return Classified(
        sample: input.sample, label: rule.labels[best], logits: own, remarks: remarks[index])
    }
  }
}
