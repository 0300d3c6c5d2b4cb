import Datasets
import Foundation
import Metrics
import Resources
import Text

// score-meteor CAPTIONS PREDICTIONS [THREADS]: tokenizes and scores with METEOR, and prints the score
// as `score --format json` does. It is timed as a whole process against pycocoevalcap. With
// METEOR_TIMES=1 it says on standard error what each step took.
//
// score-meteor pairs FILE: prints the statistics of each line, hypothesis and reference with a tab
// between, as the original prints them. compare_pairs.py holds them against the original's.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  fatalError("usage: score-meteor CAPTIONS PREDICTIONS [THREADS] | score-meteor pairs FILE")
}
let environment = ProcessInfo.processInfo.environment
nonisolated(unsafe) var last = Date()
func step(_ what: String) {
  guard environment["METEOR_TIMES"] == "1" else { return }
  let now = Date()
  let line = String(format: "%8.2f ms  %@\n", 1000 * now.timeIntervalSince(last), what)
  FileHandle.standardError.write(Data(line.utf8))
  last = now
}

guard let resources = try Resources.meteor(environment: environment) else {
  fatalError(METEOR.notAvailable)
}
step("open METEOR's data")
if arguments[0] == "pairs" {
  let pairs = try String(contentsOfFile: arguments[1], encoding: .utf8)
    .split(separator: "\n" as Character)
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  let corpus = try CaptionCorpus(
    hypotheses: pairs.map { $0[0] }, references: pairs.map { [$0[1]] }, tokenization: "none")
  for alignment in try METEOR(resources: resources).alignments(of: corpus) {
    print(alignment.statistics.map { "\($0)" }.joined(separator: " "))
  }
  exit(0)
}
let card = try BenchmarkRegistry.card(named: "coco-caption")
let dataset = try DatasetRegistry.dataset(for: card)
let set = try dataset.references(
  for: ReferenceRequest(card: card, split: nil, source: .files([arguments[0]])))
guard case .captions(let references) = set.content else { fatalError("no captions") }
let predictions = try dataset.predictions(at: arguments[1])
let said = Dictionary(uniqueKeysWithValues: zip(predictions.ids, predictions.texts))
step("read files")
let tokenizer = PTBTokenizer()
var tokens = tokenizer.tokenize(references.captions.flatMap { $0 })[...]
let hypotheses = tokenizer.tokenize(references.ids.map { said[$0] ?? "" })
let grouped = references.captions.map { list in
  defer { tokens = tokens.dropFirst(list.count) }
  return Array(tokens.prefix(list.count))
}
step("tokenize")
let corpus = try CaptionCorpus(hypotheses: hypotheses, references: grouped)
step("gather n-grams, which METEOR does not need")
let metric = METEOR(resources: resources, threads: arguments.dropFirst(2).first.flatMap { Int($0) })
let score = try metric.scores(of: corpus)[0]
step("METEOR")
print("{\"metrics\":{\"METEOR\":{\"value\":\(score.value)}},\"signature\":\"\(score.signature)\"}")
