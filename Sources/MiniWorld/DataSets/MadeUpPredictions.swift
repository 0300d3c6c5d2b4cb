import Records

/// Prediction files of a made-up system, one for each split of the mini benchmarks.
struct MadeUpPredictions {
  let system: MadeUpSystem
  let data: MiniWorldData

  /// Whether an answer is to be right.
  func isRight(_ numbers: inout SeededNumbers) -> Bool {
    numbers.happens(system.percentRight, of: 100)
  }

  /// The numbers of a file.
  func numbers(_ file: String) -> SeededNumbers {
    SeededNumbers(seed: data.valImages.scenes.seed, name: "\(system.rawValue) \(file)")
  }

  /// Writes all files.
  ///
  /// - Throws: `RecordError.writeFailed`
  func write(to folder: OutputFolder) throws {
    try answers(to: folder.path("vqav2-val.json"))
    for split in ["test", "val"] {
      let places = data.valImages.scenes.places.filter { MiniWorldData.karpathySplit($0) == split }
      try captions(places, to: folder.path("coco-caption-\(split).json"))
      let images = places.map {
        RankedImage(
          id: .int(data.valImages.scenes.firstID + $0), texts: data.valImages.captions($0).count)
      }
      try rankings(images, to: folder.path("coco-retrieval-\(split).json"))
      let photos = data.flickr.scenes.places.filter { data.flickr.split($0) == split }
      try rankings(
        photos.map { RankedImage(id: .string(data.flickr.name($0)), texts: 5) },
        to: folder.path("flickr30k-retrieval-\(split).json"))
      try entailment(photos, to: folder.path("snli-ve-\(split).json"))
    }
    for files in data.refer {
      for split in files.style == .sentence ? ["val", "test"] : ["val", "testA", "testB"] {
        try boxes(files, split, to: folder.path("\(files.style.rawValue)-\(split).json"))
      }
    }
    for files in data.pairs {
      try statements(
        files, to: folder.path("nlvr2-\(files.split == "dev" ? "dev" : "test-P").csv"))
    }
    try rankings(
      data.msrvtt.scenes.places.map { RankedImage(id: .string(data.msrvtt.name($0)), texts: 1) },
      to: folder.path("msrvtt-retrieval-test.json"))
    try clipAnswers(data.msrvttQuestions, to: folder.path("msrvtt-qa-test.json"))
    try clipAnswers(data.msvdQuestions, to: folder.path("msvd-qa-test.json"))
    try clipCaptions(to: folder.path("vatex-caption-test.json"))
  }

  private func answers(to path: String) throws {
    var numbers = numbers("answers")
    let images = data.askedImages
    try JSONDocument.list(path) { file in
      for place in images.scenes.places {
        for (number, question) in images.questions(place).enumerated() {
          let answer = answer(question, &numbers)
          try file.record {
            $0.member("question_id", (images.scenes.firstID + place) * 1000 + number)
            $0.member("answer", answer)
          }
        }
      }
    }
  }

  private func answer(_ question: VisualQuestion, _ numbers: inout SeededNumbers) -> String {
    if system == .constant { return "yes" }
    if isRight(&numbers) {
      return numbers.happens(1, of: 5)
        ? numbers.pick(question.answers).text : question.answer
    }
    switch question.answerType {
    case "yes/no": return question.answer == "yes" ? "no" : "yes"
    case "number": return "\((Int(question.answer) ?? 0) + 1)"
    default:
      switch question.query {
      case .color: return numbers.pick(NamedColor.allCases).rawValue
      case .background: return numbers.pick(Background.allCases).rawValue
      case .place: return numbers.pick(Place.allCases).rawValue
      case .material: return "stripes"
      default: return numbers.pick(Shape.allCases).rawValue
      }
    }
  }

  private func captions(_ places: [Int], to path: String) throws {
    var numbers = numbers("captions")
    let images = data.valImages
    try JSONDocument.list(path) { file in
      for place in places {
        // Hasty looks at another picture at times.
        let seen = isRight(&numbers) ? place : numbers.pick(places)
        let caption = caption(images.scenes[seen], &numbers)
        try file.record {
          $0.member("image_id", images.scenes.firstID + place)
          $0.member("caption", caption)
        }
      }
    }
  }

  private func caption(_ scene: Scene, _ numbers: inout SeededNumbers) -> String {
    switch system {
    case .constant: return "a red circle on the grass"
    case .hasty:
      return ObjectDescription().counted(scene.objects.count, &numbers) + " "
        + Words.places(scene.background)[0]
    case .attentive:
      let parts = scene.objects.prefix(3).map { $0.usual.one(&numbers) }
      return Words.list(parts) + " " + Words.places(scene.background)[0]
    }
  }

  private func entailment(_ places: [Int], to path: String) throws {
    var numbers = numbers("entailment")
    try JSONDocument.list(path) { file in
      for place in places {
        for (_, id, hypothesis) in data.flickr.pairs(place) {
          let label =
            system == .constant
            ? .entailment
            : isRight(&numbers) ? hypothesis.label : numbers.pick(EntailmentClass.allCases)
          try file.record {
            $0.member("id", id)
            $0.member("label", label.rawValue)
          }
        }
      }
    }
  }

  private func statements(_ files: NLVR2Files, to path: String) throws {
    var numbers = numbers("statements")
    let file = try AtomicFile(path)
    for set in 0..<files.sets {
      for example in files.examples(set) {
        let isTrue = system == .constant || isRight(&numbers) == example.isTrue
        try file.append("\(example.identifier),\(isTrue ? "True" : "False")\n")
      }
    }
    try file.commit()
  }

  private func boxes(_ files: ReferFiles, _ split: String, to path: String) throws {
    var numbers = numbers("boxes")
    try JSONDocument.list(path) { file in
      try files.forEach { referred in
        guard referred.split == split else { return }
        for id in referred.sentences {
          let box = box(referred, &numbers)
          try file.record {
            $0.member("sent_id", id)
            $0.member("bbox", box)
          }
        }
      }
    }
  }

  private func box(_ referred: ReferFiles.Referred, _ numbers: inout SeededNumbers) -> [Int] {
    if system == .constant { return [30, 30, 60, 50] }
    let object = isRight(&numbers) ? referred.object : numbers.pick(referred.scene.objects)
    let shift = system == .attentive ? 1 : 3
    return [
      max(0, object.box.x + numbers.next(in: -shift...shift)),
      max(0, object.box.y + numbers.next(in: -shift...shift)),
      object.box.width + numbers.next(in: 0...shift),
      object.box.height + numbers.next(in: 0...shift),
    ]
  }
}
