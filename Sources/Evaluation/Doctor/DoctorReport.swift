import Datasets

/// What `doctor` found out about the files of benchmarks under one data folder.
package struct DoctorReport: Sendable {
  /// The folder of `--data`.
  package let data: String
  /// How many media files were decoded; nil without `--deep`.
  package let checkedFiles: Int?
  /// The benchmarks in the order asked for.
  package let benchmarks: [BenchmarkReport]

  /// Everything that makes a split unusable as it is, with the split's name.
  package var failures: [(split: String, error: any Error)] {
    benchmarks.flatMap { benchmark in
      benchmark.splits.flatMap { split in
        split.findings.compactMap { finding in
          finding.error.map { ("\(benchmark.card.name)/\(split.split.name)", $0) }
        }
      }
    }
  }

  /// How many splits were looked at.
  package var splitCount: Int { benchmarks.reduce(0) { $0 + $1.splits.count } }
}

/// The splits of one benchmark.
package struct BenchmarkReport: Sendable {
  /// The benchmark as its card describes it.
  package let card: BenchmarkCard
  /// The splits in the order asked for.
  package let splits: [SplitReport]
}

/// What was found out about one split.
package struct SplitReport: Sendable {
  /// Whether the split can be used.
  package enum Status: String, Sendable {
    /// All that is needed is there and as it should be.
    case usable
    /// Predictions can be scored; yet something is not whole: counts, ids between files, media.
    case partial
    /// Predictions cannot be scored.
    case unusable
  }

  /// What prediction files can be used for.
  package enum Scoring: String, Sendable {
    /// They are scored.
    case usable
    /// They are checked and made into a submission: the server has the answers.
    case submission
    /// Nothing.
    case unusable
  }

  /// A count beside the official one; nil where it is not known or there is none.
  package struct Count: Sendable, Equatable {
    /// What the files hold.
    package let found: Int?
    /// What the split officially has.
    package let official: Int?

    /// Puts two counts side by side.
    package init(found: Int?, official: Int?) {
      self.found = found
      self.official = official
    }
  }

  /// The split as its card describes it.
  package let split: BenchmarkSplit
  /// The files of the card that are there, and the names of those that are not.
  package let files: FileSearch
  /// Questions, captioned images, pairs, …
  package let samples: Count
  /// Images or clips.
  package let images: Count
  /// Captions, where there are several an image.
  package let texts: Count
  /// Whether the references could be read.
  package let isReadable: Bool
  /// The media; nil where the files do not say which are needed.
  package var media: MediaReport?
  /// What was found, errors first.
  package var findings: [Finding]

  /// Whether the split can be used.
  package var status: Status {
    if !isReadable { return .unusable }
    return findings.allSatisfy { $0.severity == .note } ? .usable : .partial
  }

  /// What prediction files can be used for.
  package var scoring: Scoring {
    !isReadable ? .unusable : split.answers == .hidden ? .submission : .usable
  }
}

/// Which images or clips of a split are there, and which of them can be read.
package struct MediaReport: Sendable {
  /// An image or a clip that cannot be read.
  package struct Unreadable: Sendable {
    /// Where it lies.
    package let path: String
    /// What is wrong with it: a `MediaError` or a `RecordError`.
    package let error: any Error
    /// Its kind, for scripts.
    package var code: String { MediaProblems.code(of: error) }
  }

  /// Whether images or clips are needed.
  package let kind: MediaReference.Kind
  /// What is there and what is not.
  package let location: MediaLocation
  /// What cannot be read; nil where nobody looked (`--deep`).
  package var unreadable: [Unreadable]?
  /// The same by kind of problem, and what is read although something is wrong with it.
  package var problems = MediaProblems()
  /// How many files were read as each format; nil where nobody looked.
  package var formats: [MediaFormat: Int]?

  /// How many are needed.
  package var needed: Int { location.found.count + location.missing.count }
}
