import Datasets
import Records

/// What a split's files hold beside what the split officially has.
struct Counts {
  private var things = MediaReference.Kind.image.plural
  private(set) var samples: SplitReport.Count
  private(set) var images: SplitReport.Count
  private(set) var texts: SplitReport.Count

  init(_ split: BenchmarkSplit) {
    samples = SplitReport.Count(found: nil, official: split.samples)
    images = SplitReport.Count(found: nil, official: split.images)
    texts = SplitReport.Count(found: nil, official: split.texts)
  }

  /// Counts references.
  mutating func add(_ references: ReferenceSet) {
    samples = counted(samples, references.count)
    switch references.content {
    case .answers(let references): images = counted(images, Set(references.imageIDs).count)
    case .exactAnswers(let references): images = counted(images, Set(references.videos).count)
    case .captions(let references):
      images = counted(images, references.ids.count)
      texts = counted(texts, references.captions.reduce(0) { $0 + $1.count })
    case .boxes(let references):
      images = counted(images, Set(references.images).count)
      countTexts(references.ids.count)
    case .retrieval(let references):
      images = counted(images, references.images.count)
      texts = counted(texts, references.texts.count)
    case .labels(let references):
      images = counted(images, Set(references.clusters).count)
      countTexts(references.ids.count)
    case .hidden: break
    }
  }

  /// Counts media, which know better than references how many images there are.
  mutating func add(_ media: [MediaReference]) {
    guard let first = media.first else { return }
    things = first.kind.plural
    images = counted(images, media.count)
  }

  /// Counts that are not the official ones.
  func problem(in split: BenchmarkSplit, of task: BenchmarkTask) -> Problem? {
    // Captions and retrieval are counted by image.
    let noun = [.caption, .retrieval].contains(task) ? things : task.sampleNoun
    let all = [(noun, samples), (things, images), ("texts", texts)]
    var named: Set<String> = []
    let different = all.compactMap { what, count -> String? in
      guard let found = count.found, let official = count.official, found != official,
        named.insert(what).inserted
      else { return nil }
      return "\(found) \(what) (officially \(official))"
    }
    guard !different.isEmpty, let found = samples.found ?? images.found else { return nil }
    return Problem(
      code: "official_count",
      message: "the files of \(split.name) hold \(different.joined(separator: ", ")): numbers on "
        + "another set than the official one are not those of the benchmark",
      count: found)
  }

  /// Counts samples of one text each as texts where the card has a count of those.
  private mutating func countTexts(_ found: Int) {
    if texts.official != nil { texts = counted(texts, found) }
  }

  private func counted(_ count: SplitReport.Count, _ found: Int) -> SplitReport.Count {
    SplitReport.Count(found: found, official: count.official)
  }
}
