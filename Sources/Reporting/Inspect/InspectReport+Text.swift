import Datasets
import Evaluation
import Foundation
import Metrics
import Records

extension InspectReport {
  /// The sample for a person: what went in and came out, then how each score comes about.
  package var text: String {
    var title = "\(record.benchmark)/\(record.split) \(sample.id), \(record.model) "
    title += "(run \(record.id))"
    if let weightsNote { title += ", \(weightsNote) weights" }
    var lines = [title.withoutControls]
    if let input = sample.input { lines.append(Self.line("input", input)) }
    for medium in sample.media {
      lines.append(
        Self.line(
          medium.kind.rawValue, medium.path + (medium.exists ? "" : " (not there)")))
    }
    lines.append(Self.line("prediction", sample.prediction))
    lines += Self.list(
      "candidates", sample.candidates.map { "\(Self.number($0.score))  \($0.text)" })
    if !sample.logits.isEmpty {
      lines.append(
        Self.line("logits", sample.logits.map(Self.number).joined(separator: "  ")))
    }
    lines += Self.list("references", sample.countedReferences)
    for score in sample.scores {
      lines.append(Self.line("score", "\(score.name) \(numberForm(score.name).text(score.value))"))
    }
    lines += sample.remarks.map { Self.line("remark", $0) }
    if sameIDs > 1 {
      lines.append(
        Self.line("note", "the references have \(sameIDs) records of this id: this is the first"))
    }
    if let dataNote { lines.append(Self.line("note", dataNote)) }
    for trace in traces {
      lines.append("")
      lines += Self.lines(of: trace)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func numberForm(_ score: String) -> ScoreNumber {
    ScoreNumber(of: card?.metricCard(ofScore: score))
  }

  private static func lines(of trace: SampleTrace) -> [String] {
    switch trace {
    case .answer(let trace): lines(of: trace)
    case .softLabels(let labels, let score):
      ["soft_accuracy: labels of the question"]
        + labels.map { indented("\(number($0.score))  \($0.answer)") }
        + [indented("the prediction has \(number(score))")]
    case .exactAnswer(let right, let isEqual):
      [
        "accuracy: the bytes of the prediction \(isEqual ? "equal" : "do not equal") those of "
          + "\"\(right.withoutControls)\""
      ]
    case .caption(let trace): lines(of: trace)
    case .label(let trace): lines(of: trace)
    case .box(let trace): lines(of: trace)
    case .query(let trace): lines(of: trace)
    }
  }

  private static func lines(of trace: VQAAccuracyTrace) -> [String] {
    let how =
      trace.isNormalized
      ? "normalized, because the human answers differ"
      : "only stripped, because all human answers are one"
    var lines = ["accuracy: texts are \(how)", line("compared", trace.prediction)]
    let rows = trace.humans.map { human in
      let isAsWritten = human.compared.utf8.elementsEqual(human.answer.utf8)
      return [
        human.isEqual ? "=" : " ", String(format: "%.4f", human.accuracy), human.compared,
      ].joined(separator: "  ") + (isAsWritten ? "" : "  (\(human.answer))")
    }
    lines += list("against the other answers", rows)
    lines.append(indented("mean \(String(format: "%.2f", trace.accuracy)) %"))
    return lines
  }

  private static func lines(of trace: CaptionTrace) -> [String] {
    var lines = [
      "captions: as tokens",
      line("tokens", trace.tokens),
      line("words", "\(trace.words), nearest reference \(trace.nearestLength)"),
    ]
    for order in trace.orders {
      lines.append(
        line(
          "\(order.length)-grams",
          "\(order.correct) of \(order.guessed) in a reference: "
            + order.matched.joined(separator: " | ")))
    }
    lines += list(
      "references, CIDEr-D against each alone",
      trace.references.map { "\($0.cider.map { String(format: "%.4f", $0) } ?? "-")  \($0.tokens)" }
    )
    if let cider = trace.cider {
      lines.append(indented("mean \(String(format: "%.4f", cider))"))
    } else {
      lines.append(indented("the run's weights are of another corpus: its own give no CIDEr-D"))
    }
    return lines
  }

  private static func lines(of trace: LabelTrace) -> [String] {
    var lines = [
      "accuracy: the class is \(trace.isEqual ? "right" : "wrong"): \(trace.right) "
        + "(classes: \(trace.classes.joined(separator: ", ")))"
    ]
    if let group = trace.group {
      lines += list(
        "consistency: group \(group)",
        trace.members.map { member in
          let said = member.prediction ?? "(not scored)"
          return "\(member.isEqual ? "=" : " ")  \(member.id)  \(said), right is \(member.right)"
        })
    }
    return lines
  }

  private static func lines(of trace: BoxTrace) -> [String] {
    func text(_ box: PixelBox) -> String {
      "x \(number(box.x))  y \(number(box.y))  width \(number(box.width))  "
        + "height \(number(box.height))"
    }
    var lines = [
      "grounding: boxes in pixels", line("predicted", text(trace.predicted)),
      line("annotated", text(trace.truth)),
    ]
    if let size = trace.imageSize {
      lines.append(line("picture", "\(size.width) x \(size.height)"))
    }
    lines.append(line("IoU", number(trace.iou)))
    if let iou = trace.mplugIoU { lines.append(line("IoU, mPLUG", number(iou))) }
    return lines
  }

  private static func lines(of trace: QueryTrace) -> [String] {
    func text(_ candidate: QueryTrace.Candidate) -> String {
      [
        candidate.isRight ? "=" : " ", candidate.rank.map { "\($0)" } ?? "-",
        candidate.score.map(number) ?? "", candidate.id, candidate.content,
      ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
    return ["rank: \(trace.candidateCount) candidates"] + list("right", trace.right.map(text))
      + list("first", trace.first.map(text))
  }

  /// A number as it is compared: no digit more or less than it has.
  private static func number(_ value: Double) -> String { "\(value)" }

  private static func line(_ label: String, _ text: String) -> String {
    let space = String(repeating: " ", count: max(1, 12 - label.count))
    return ("  \(label)\(space)\(text)").withoutControls
  }

  private static func list(_ label: String, _ rows: [String]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return ["  \(label)".withoutControls] + rows.map { indented("  " + $0) }
  }

  private static func indented(_ text: String) -> String { "  \(text)".withoutControls }
}
