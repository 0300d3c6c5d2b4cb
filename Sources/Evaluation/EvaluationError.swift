import Datasets
import Records
import Text

/// What can go wrong between references, predictions and metrics.
public enum EvaluationError: Error, Sendable, CustomStringConvertible {
  /// No metric has the name.
  case unknownMetric(name: String, known: [String])
  /// The metric is computed by the suite and not taken from elsewhere.
  case notExternal(name: String, known: [String])
  /// The only metrics asked for need data that are not at hand.
  case notAvailable(String)
  /// The metric needs another kind of prediction.
  case metricDoesNotFit(name: String, task: String)
  /// A clean-up of captions was asked for and predictions are none.
  case cleaningDoesNotFit(name: String, task: String)
  /// The metric compares with answers of another kind than the benchmark has.
  case answersDoNotFit(metric: String, needs: String, remedy: String)
  /// Document frequencies were given and no metric weighs by them.
  case frequenciesUnused(metrics: [String])
  /// The metric needs data that the references do not have.
  case metricNeeds(name: String, what: String, remedy: String)
  /// A number came out that is none: our mistake, or a set on which the metric is not defined.
  case notFinite(name: String, value: Double)
  /// A run folder cannot be read.
  case badRun(path: String, reason: String, remedy: String)
  /// A folder holds no run.
  case noRuns(path: String)
  /// A folder holds several runs where one is wanted.
  case severalRuns(path: String, runs: [String])
  /// A run has no sample of the name.
  case unknownSample(run: String, name: String, nearest: [String])
  /// Two runs cannot be compared.
  case incomparable(first: String, second: String, reason: String, remedy: String)
  /// A baseline file cannot be used.
  case badBaseline(path: String, reason: String, remedy: String)
  /// A tolerance was given for a metric that is not checked.
  case unknownTolerance(metric: String, known: [String])
  /// The files of a split contradict one another.
  case contradiction(set: String, problem: Problem)
  /// A folder of golden tensors does not hold what it should.
  case badFixture(file: String, place: String, reason: String)
  /// Images or clips of a split are not there.
  case mediaMissing(
    set: String, kind: MediaReference.Kind, count: Int, needed: Int, first: [String],
    triedIn: [MediaLocation.Layout])
  /// Images or clips of a split are there and cannot be read.
  case mediaUnreadable(
    set: String, kind: MediaReference.Kind, count: Int, of: Int,
    kinds: [(code: String, count: Int)], first: String)
  /// Samples of a run have no prediction.
  case samplesFailed(
    set: String, count: Int, of: Int, kinds: [(code: String, count: Int)], first: String,
    reason: any Error)
  /// A run is not at its end: it is to be run again, or its other parts are.
  case incomplete(set: String, reason: String, remedy: String)
  /// Of several benchmarks some have no result, for the reason that weighs most and others.
  case runsFailed(sets: [String], of: Int, reason: any Error)
  /// A folder holds no part of a run.
  case noParts(path: String)
  /// Answers are ranked over a list that is not there.
  case noAnswerList(set: String)
  /// Splits cannot be used as they are, for the reason that weighs most and others.
  case unusableData(sets: [String], examined: Int, reason: any Error)

  /// What is wrong and how to mend it, on one line.
  public var description: String {
    switch self {
    case .unknownMetric(let name, let known):
      "unknown metric '\(name)'\(NearestNames.hint(for: name, among: known)) "
        + "`mplug-eval list metrics` shows all"
    case .notExternal(let name, let known):
      "metric '\(name)' is computed here and not taken from a file; --external takes "
        + "\(known.joined(separator: ", "))=FILE"
    case .notAvailable(let reason): reason
    case .metricDoesNotFit(let name, let task):
      "metric '\(name)' does not score the task '\(task)'; "
        + "`mplug-eval list metrics` shows the task of each"
    case .cleaningDoesNotFit(let name, let task):
      "--clean \(name) cleans captions, and the predictions of the task '\(task)' are none; leave "
        + "it out"
    case .answersDoNotFit(let metric, let needs, let remedy):
      "metric '\(metric)' needs \(needs); \(remedy)"
    case .frequenciesUnused(let metrics):
      "document frequencies were given, and \(metrics.joined(separator: ", ")) use none; leave "
        + "them out or add --metrics CIDEr"
    case .metricNeeds(let name, let what, let remedy):
      "metric '\(name)' needs \(what); \(remedy)"
    case .notFinite(let name, let value):
      "metric '\(name)' came out as \(value), which is no score; please report it with the files"
    case .badRun(let path, let reason, let remedy):
      "\(path): \(reason); \(remedy)"
    case .noRuns(let path):
      "\(path): holds no run folder (no run.json); `mplug-eval score … --output \(path)` makes one"
    case .severalRuns(let path, let runs):
      "\(path): holds \(runs.count) runs and one is wanted; name one of them: "
        + runs.prefix(3).joined(separator: ", ") + (runs.count > 3 ? ", …" : "")
    case .unknownSample(let run, let name, let nearest):
      "\(run): has no sample '\(name)'; "
        + (nearest.isEmpty
          ? "samples.jsonl lists all" : "the nearest are \(nearest.joined(separator: ", "))")
    case .incomparable(let first, let second, let reason, let remedy):
      "\(second) cannot be compared with \(first): \(reason); \(remedy)"
    case .badBaseline(let path, let reason, let remedy):
      "\(path): \(reason); \(remedy)"
    case .unknownTolerance(let metric, let known):
      "no run of the baseline has a metric '\(metric)' to tolerate"
        + "\(NearestNames.hint(for: metric, among: known)) it has \(known.joined(separator: ", "))"
    case .badFixture(let file, let place, let reason):
      "\(file): \(place) \(reason); take the folder as it was made, see its README.md"
    case .contradiction(let set, let problem):
      "\(set): \(problem.message)"
        + (problem.examples.isEmpty ? "" : " (first: \(problem.examples.joined(separator: ", ")))")
        + "; take all files from one release"
    case .mediaMissing(let set, let kind, let count, let needed, let first, let layouts):
      "\(set): \(count) of \(needed) \(kind.plural) are missing (first: "
        + "\(first.joined(separator: ", "))); \(Self.tried(layouts))"
    case .mediaUnreadable(let set, let kind, let count, let total, let kinds, let first):
      "\(set): \(count) of \(total) \(kind.plural) cannot be read ("
        + kinds.map { "\($0.code): \($0.count)" }.joined(separator: ", ") + "); first: \(first)"
    case .samplesFailed(let set, let count, let total, let kinds, let first, let reason):
      "\(set): \(count) of \(total) samples have no prediction ("
        + kinds.map { "\($0.code): \($0.count)" }.joined(separator: ", ")
        + "; first: sample \(first), \(reason)); mend them and run again: the others are kept; or "
        + "leave them out with --allow-partial"
    case .incomplete(let set, let reason, let remedy):
      "\(set): not complete: \(reason); \(remedy)"
    case .runsFailed(let sets, let total, let reason):
      "\(sets.count) of \(total) benchmarks have no result "
        + "(\(sets.prefix(4).joined(separator: ", "))\(sets.count > 4 ? ", …" : "")): \(reason)"
    case .noParts(let path):
      "\(path): holds no part of a run (plan.json with a shard); `mplug-eval run … --shard I/N` makes "
        + "them, and a run that is whole needs no merging"
    case .noAnswerList(let set):
      "\(set): the model ranks a closed list of answers, and there is none in the data folder; put "
        + "the reference project's train_ans2label.json beside the questions"
    case .unusableData(let sets, let examined, let reason):
      "\(sets.count) of \(examined) splits cannot be used as they are "
        + "(\(sets.prefix(4).joined(separator: ", "))\(sets.count > 4 ? ", …" : "")): \(reason)"
    }
  }

  /// Where media were looked for, and how to mend it.
  private static func tried(_ layouts: [MediaLocation.Layout]) -> String {
    func list(_ layouts: [MediaLocation.Layout], upTo count: Int) -> String {
      layouts.prefix(count).map(\.folder).joined(separator: ", ")
        + (layouts.count > count ? " and \(layouts.count - count) more" : "")
    }
    let there = layouts.filter(\.exists)
    let absent = layouts.filter { !$0.exists }
    return [
      there.isEmpty ? nil : "looked in \(list(there, upTo: 4))",
      absent.isEmpty ? nil : "not there are \(list(absent, upTo: 3))",
      layouts.first.map { "put or link them into \($0.folder)" },
    ].compactMap(\.self).joined(separator: "; ")
  }
}

extension MediaReference.Kind {
  /// For messages.
  package var plural: String { self == .image ? "images" : "clips" }
}
