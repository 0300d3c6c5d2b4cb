import Datasets
import Metrics
import Records

extension RunView {
  /// How the scores of a sample come about; empty where the references are not at hand or hidden.
  ///
  /// Of a caption all captions of the run are tokenized, because its weights depend on all.
  ///
  /// - Throws: `JSONError` for lines that are none, `MetricError` where a metric is not defined.
  package func traces(at place: Int) throws -> [SampleTrace] {
    guard let data, let referencePlaces else { return [] }
    let line = try lines[place]
    let reference = referencePlaces[place]
    switch data.references.content {
    case .answers(let answers):
      return try traces(of: line.prediction.text ?? "", to: answers, at: reference)
    case .exactAnswers(let answers):
      let right = answers.answers[reference]
      let isEqual = (line.prediction.text ?? "").utf8.elementsEqual(right.utf8)
      return [.exactAnswer(right: right, isEqual: isEqual)]
    case .captions(let captions):
      return [.caption(try CaptionTrace(of: place, in: self, captions, referencePlaces))]
    case .labels(let labels):
      let said = line.prediction.text ?? ""
      return [.label(try labelTrace(said, labels, at: reference, referencePlaces))]
    case .boxes(let boxes): return try boxTrace(line.prediction, boxes, at: reference)
    case .retrieval: return try queryTrace(at: place, line).map { [.query($0)] } ?? []
    case .hidden: return []
    }
  }

  private func traces(
    of prediction: String, to answers: AnswerReferences, at question: Int
  ) throws -> [SampleTrace] {
    var traces: [SampleTrace] = []
    if let human = answers.humanAnswers {
      traces.append(.answer(try VQAAccuracy.trace(of: prediction, to: question, in: human)))
    }
    if let labels = answers.softLabels {
      traces.append(
        .softLabels(
          labels: labels.answers(to: question),
          score: labels.score(of: prediction, to: question)))
    }
    return traces
  }

  private func labelTrace(
    _ prediction: String, _ labels: LabelReferences, at reference: Int, _ places: [Int]
  ) throws -> LabelTrace {
    var members: [LabelTrace.Member] = []
    if let groups = labels.groups {
      let own = groups[reference]
      for (place, group) in groups.enumerated() where group == own {
        let said = try places.firstIndex(of: place).map { try lines[$0].prediction.text ?? "" }
        members.append(
          LabelTrace.Member(
            id: labels.ids[place].description, prediction: said, right: labels.labels[place],
            isEqual: said.map { isRight($0, labels.labels[place]) } ?? false))
      }
    }
    return LabelTrace(
      right: labels.labels[reference], classes: labels.classes,
      isEqual: isRight(prediction, labels.labels[reference]),
      group: labels.groups?[reference], members: members)
  }

  /// NLVR2's script ignores the case of labels.
  private func isRight(_ prediction: String, _ label: String) -> Bool {
    record.task == BenchmarkTask.reasoning.rawValue
      ? NLVR2Accuracy.isSameWord(label, prediction)
      : prediction.utf8.elementsEqual(label.utf8)
  }

  private func boxTrace(
    _ prediction: SamplePrediction, _ boxes: BoxReferences, at reference: Int
  ) throws -> [SampleTrace] {
    guard let predicted = Self.box(prediction) else { return [] }
    let truth = boxes.boxes[reference]
    let size = boxes.imageSizes?[reference]
    let pair = try GroundedBoxes(
      predicted: [predicted], truth: [truth], imageSizes: size.map { [$0] })
    return [
      .box(
        BoxTrace(
          predicted: predicted, truth: truth, imageSize: size,
          iou: predicted.referIoU(with: truth),
          mplugIoU: size == nil ? nil : try MPLUGGroundingAccuracy().scores(of: pair).last?.value))
    ]
  }
}
