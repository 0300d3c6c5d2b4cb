/// Adds the accuracies of questions up as the VQA evaluation does: over all, by answer type and by
/// question type, each sum in question order.
struct VQATotals {
  let name: String
  let signature: Signature
  let references: VQAReferences
  /// The accuracy of each question, 0 to 1.
  let accuracies: [Double]

  private struct Total {
    var sum = 0.0
    var count = 0

    mutating func add(_ accuracy: Double) {
      sum += accuracy
      count += 1
    }

    /// Percent, in the original's order of operations.
    var percent: Double { 100 * sum / Double(count) }
  }

  /// - Throws: `MetricError.ambiguousPart`.
  func scores() throws -> AnswerScores {
    var all = Total()
    for accuracy in accuracies { all.add(accuracy) }
    let overall = score(
      name, all, samples: accuracies.map(Self.rounded),
      statistics: Self.statistics(accuracies) { _ in true })
    let answerTypes = Self.totals(
      of: accuracies, by: references.answerTypes, count: references.answerTypeNames.count)
    var scores = [overall]
    var taken: [String: String] = [:]
    for (type, typeName) in references.answerTypeNames.enumerated() {
      guard answerTypes[type].count > 0 else { continue }
      let part = String(typeName.map { $0 == "/" ? "-" : $0 })
      if let other = taken.updateValue(typeName, forKey: part) {
        throw MetricError.ambiguousPart(metric: name, first: other, second: typeName)
      }
      scores.append(
        score(
          "\(name)/\(part)", answerTypes[type],
          samples: accuracies.indices.map { question in
            references.answerTypes[question] == UInt32(type)
              ? Self.rounded(accuracies[question]) : .nan
          },
          statistics: Self.statistics(accuracies) {
            references.answerTypes[$0] == UInt32(type)
          }))
    }
    return AnswerScores(scores: scores, groups: groups, accuracies: accuracies)
  }

  /// Percent, as the program prints each question's accuracy.
  private static func rounded(_ accuracy: Double) -> Double {
    PythonRound.round(100 * accuracy, digits: 2)
  }

  private var groups: [ScoreGroup] {
    let names = references.questionTypeNames
    let totals = Self.totals(of: accuracies, by: references.questionTypes, count: names.count)
    return zip(names, totals).filter { $0.1.count > 0 }.map { group, total in
      ScoreGroup(
        metric: name, kind: "question_type", name: group, count: total.count,
        value: PythonRound.round(total.percent, digits: 2), unrounded: total.percent)
    }
  }

  private func score(
    _ name: String, _ total: Total, samples: [Double]?, statistics: SampleStatistics
  ) -> MetricScore {
    MetricScore(
      name: name, value: PythonRound.round(total.percent, digits: 2), unrounded: total.percent,
      samples: samples, statistics: statistics, count: total.count, signature: signature)
  }

  private static func totals(of accuracies: [Double], by types: [UInt32], count: Int) -> [Total] {
    var totals = [Total](repeating: Total(), count: count)
    for (accuracy, type) in zip(accuracies, types) { totals[Int(type)].add(accuracy) }
    return totals
  }

  /// A mean in percent over some of the questions.
  private static func statistics(
    _ accuracies: [Double], of isMember: (Int) -> Bool
  ) -> SampleStatistics {
    .mean(of: accuracies, where: isMember) { 100 * $0[0] / $0[1] }
  }
}
