import Records

/// The images or clips of samples, each once in the order of first use, and where each sample finds
/// its own.
struct SampleMedia {
  /// The images or clips.
  private(set) var references: [MediaReference] = []
  /// For each sample the places of its images or clips in `references`.
  private(set) var places: [[Int]] = []

  /// Media of which each sample has one.
  ///
  /// - Parameters:
  ///   - keys: What each sample's image or clip is known by.
  ///   - reference: Gives that image or clip; asked once for each.
  init<Key: Hashable>(
    of keys: [Key], _ reference: (Key) throws -> MediaReference
  ) rethrows {
    // Samples about one image share one list of places.
    var known: [Key: [Int]] = [:]
    places.reserveCapacity(keys.count)
    for key in keys {
      if let place = known[key] {
        places.append(place)
      } else {
        let place = [references.count]
        references.append(try reference(key))
        known[key] = place
        places.append(place)
      }
    }
  }

  /// Media of which each sample has several.
  ///
  /// - Parameter lists: What each sample's images are known by.
  init<Key: Hashable>(
    ofEach lists: [[Key]], _ reference: (Key) throws -> MediaReference
  ) rethrows {
    let flat = try SampleMedia(of: Array(lists.joined()), reference)
    references = flat.references
    var next = 0
    places = lists.map { list in
      defer { next += list.count }
      return flat.places[next..<next + list.count].flatMap(\.self)
    }
  }

  /// Media that a split's rule names by their ids.
  ///
  /// - Parameter adapter: The adapter's name, for the error.
  /// - Throws: `DatasetError.badCard` where the split has no rule, which a test rules out.
  init(
    of ids: [SampleID], kind: MediaReference.Kind, split: BenchmarkSplit, adapter: String
  ) throws {
    let template = try split.mediaTemplate(adapter: adapter)
    self.init(of: ids) { MediaReference(id: $0, path: template.path(of: $0), kind: kind) }
  }
}

extension BenchmarkSplit {
  /// The rule by which the data set names the split's media.
  ///
  /// - Throws: `DatasetError.badCard` where there is none, which a test rules out.
  func mediaTemplate(adapter: String) throws -> MediaTemplate {
    guard let template = media.flatMap({ MediaTemplate($0) }) else {
      throw DatasetError.badCard(
        path: "the card of a benchmark with the data set '\(adapter)'",
        reason: "its split \(name) needs 'media', the rule by which its files are named")
    }
    return template
  }
}

extension SampleSet {
  /// Samples with the ids of references, a text each or none, and the media of each.
  init(
    ids: [SampleID], _ media: SampleMedia, texts: [String]? = nil,
    answers: AnswerCandidates? = nil, files: [SourceFile], problems: [Problem]
  ) {
    precondition(media.places.count == ids.count && texts.map { $0.count == ids.count } ?? true)
    self.init(
      samples: ids.indices.map { index in
        InputSample(id: ids[index], media: media.places[index], text: texts?[index])
      },
      media: media.references, answers: answers, files: files, problems: problems)
  }
}
