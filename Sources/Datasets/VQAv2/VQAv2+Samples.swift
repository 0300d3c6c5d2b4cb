import Records

extension VQAv2 {
  /// The questions of a split, in the order of its references: of the official question file, or of
  /// a list of the reference project, which knows words and objects of the pictures too. Where answers
  /// are hidden such a list adds these to the official questions.
  ///
  /// - Throws: `DatasetError`, also where an annotated question has no text; `RecordError`,
  ///   `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    if split.answers == .hidden { return try hiddenSamples(folder, split) }
    if split.files["list"] == nil { return try annotatedSamples(folder, split) }
    let (set, list) = try part(folder, split, takingInputs: true)
    if let list { return try samples(set, of: list, split) }
    let path = folder.find(split.files["labels"] ?? []) ?? ""
    return try samples(set, texts: VQALabelFile.readTexts(path), from: path, split)
  }

  private static func hiddenSamples(
    _ folder: DataFolder, _ split: BenchmarkSplit
  ) throws -> SampleSet {
    let questions = try VQAQuestionFile.read(questionPath(folder, split), takingTexts: true)
    let media = try SampleMedia(
      of: questions.images.map { .int($0) }, kind: .image, split: split, adapter: name)
    let ids = questions.questions.map { SampleID.int($0) }
    guard let path = folder.find(split.files["list"] ?? []) else {
      return SampleSet(
        ids: ids, media, texts: questions.texts, files: [questions.file], problems: [])
    }
    let list = try VQAReferenceList(at: path, takingInputs: true)
    let samples = zip(try inputs(of: ids, in: list), ids.indices).map { input, place in
      InputSample(
        id: ids[place], media: media.places[place], text: questions.texts[place], ocr: input.ocr,
        objects: input.objects)
    }
    return SampleSet(
      samples: samples, media: media.references, files: [questions.file, list.file])
  }

  /// What a list has of questions, in their order.
  ///
  /// - Throws: `DatasetError.wrongKind` where it lacks some.
  private static func inputs(
    of ids: [SampleID], in list: VQAReferenceList
  ) throws -> [VQAReferenceList.Input] {
    try places(of: ids, in: list).map { list.inputs[$0] }
  }

  private static func places(of ids: [SampleID], in list: VQAReferenceList) throws -> [Int] {
    let places = Dictionary(zip(list.questionIDs, 0...), uniquingKeysWith: { first, _ in first })
    let found = ids.map { id -> Int? in
      if case .int(let number) = id { places[number] } else { nil }
    }
    try refuseMissing(found, ids, in: list.file.path)
    return found.compactMap(\.self)
  }

  /// The questions of which the official answers are there.
  private static func annotatedSamples(
    _ folder: DataFolder, _ split: BenchmarkSplit
  ) throws -> SampleSet {
    let set = try references(under: folder, split: split)
    let path = try questionPath(folder, split)
    let questions = try VQAQuestionFile.read(path, takingTexts: true)
    var texts = [Int: String](minimumCapacity: questions.questions.count)
    var images = [Int: Int](minimumCapacity: questions.questions.count)
    for (place, id) in questions.questions.enumerated() {
      texts[id] = questions.texts[place]
      images[id] = questions.images[place]
    }
    if case .answers(let answers) = set.content {
      for (id, image) in zip(answers.ids, answers.imageIDs) {
        guard case .int(let number) = id, let other = images[number], image != .int(other) else {
          continue
        }
        throw DatasetError.wrongKind(
          path: path, expected: "question \(id) about image \(image), as the annotations have it",
          found: "image \(other)", remedy: "take both files of the same split and version")
      }
    }
    let samples = try samples(set, texts: texts, from: path, split)
    return SampleSet(
      samples: samples.samples, media: samples.media, files: set.files + [questions.file],
      problems: set.problems)
  }

  private static func questionPath(
    _ folder: DataFolder, _ split: BenchmarkSplit
  ) throws -> String {
    let names = split.files["questions"] ?? []
    if let path = folder.find(names) { return path }
    throw DatasetError.missingFiles(
      what: "the questions of \(split.name)", names: names, lookedIn: folder.placesThatExist,
      remedy: "a model is asked what they say; point --data at the folder that holds them")
  }

  /// Gives annotated questions their texts.
  private static func samples(
    _ set: ReferenceSet, texts: [Int: String], from path: String, _ split: BenchmarkSplit
  ) throws -> SampleSet {
    guard case .answers(let answers) = set.content else {
      throw DatasetError.empty(path: path, what: "question")
    }
    let found = answers.ids.map { id -> String? in
      if case .int(let number) = id { texts[number] } else { nil }
    }
    try refuseMissing(found, answers.ids, in: path)
    let media = try SampleMedia(of: answers.imageIDs, kind: .image, split: split, adapter: name)
    return SampleSet(
      ids: answers.ids, media, texts: found.compactMap(\.self), files: set.files,
      problems: set.problems)
  }

  /// Gives questions what a list has of them. The list names the images; the references may have
  /// another order than it has, where they are of the official file.
  private static func samples(
    _ set: ReferenceSet, of list: VQAReferenceList, _ split: BenchmarkSplit
  ) throws -> SampleSet {
    let media = list.media(try split.mediaTemplate(adapter: name))
    let samples = zip(set.ids, try places(of: set.ids, in: list)).map { id, place in
      let input = list.inputs[place]
      return InputSample(
        id: id, media: media.places[place], text: input.text, ocr: input.ocr,
        objects: input.objects)
    }
    return SampleSet(
      samples: samples, media: media.references, files: set.files, problems: set.problems)
  }

  private static func refuseMissing<Found>(
    _ found: [Found?], _ ids: [SampleID], in path: String
  ) throws {
    let bare = ids.indices.filter { found[$0] == nil }
    guard let first = bare.first else { return }
    throw DatasetError.wrongKind(
      path: path, expected: "all \(ids.count) questions of the split",
      found: "none of \(bare.count) of them (first: \(ids[first]))",
      remedy: "take both files of the same split and version")
  }
}

extension VQAReferenceList {
  /// The images, by the paths that the list has, else by the rule.
  func media(_ template: MediaTemplate) -> SampleMedia {
    let paths = zip(questionIDs, images).map { question, image in
      // As in every official file.
      image ?? template.path(of: .int(question / 1000))
    }
    return SampleMedia(of: paths) { path in
      let stem = path.split(separator: "/").last?.split(separator: ".").first ?? ""
      let number = stem.split(separator: "_").last.flatMap { Int($0) }
      return MediaReference(
        id: number.map { .int($0) } ?? .string(path), path: path, kind: .image)
    }
  }
}
