import Records

extension MadeUpPredictions {
  /// An image or a clip with how many texts it has.
  struct RankedImage {
    let id: SampleID
    let texts: Int
  }

  /// Rankings of both directions: the right one first, or further behind.
  ///
  /// - Throws: `RecordError.writeFailed`
  func rankings(_ images: [RankedImage], to path: String) throws {
    var numbers = numbers("rankings")
    let owners = images.indices.flatMap { Array(repeating: $0, count: images[$0].texts) }
    let texts = Array(owners.indices)
    try JSONDocument.list(path) { file in
      for image in images.indices {
        var order = system == .constant ? texts : numbers.shuffled(texts)
        if isRight(&numbers) {
          order = order.filter { owners[$0] == image } + order.filter { owners[$0] != image }
        }
        try file.record {
          $0.key("query")
          $0.id(images[image].id)
          $0.member("ranking", order.prefix(20).map { "text:\($0)" })
        }
      }
      for text in texts {
        let all = Array(images.indices)
        var order = system == .constant ? all : numbers.shuffled(all)
        if isRight(&numbers) { order = [owners[text]] + order.filter { $0 != owners[text] } }
        try file.record {
          $0.member("query", "text:\(text)")
          $0.key("ranking")
          $0.beginArray()
          for image in order.prefix(12) { $0.id(images[image].id) }
          $0.endArray()
        }
      }
    }
  }

  /// Answers to questions about clips.
  ///
  /// - Throws: `RecordError.writeFailed`
  func clipAnswers(_ questions: ClipQuestions, to path: String) throws {
    var numbers = numbers("clip answers")
    try JSONDocument.list(path) { file in
      try questions.forEach { id, _, question in
        let answer =
          system == .constant
          ? "circle"
          : isRight(&numbers) ? question.answer : numbers.pick(["circle", "red", "two", "move"])
        try file.record {
          $0.member("question_id", id)
          $0.member("answer", answer)
        }
      }
    }
  }

  /// A caption a clip, in one object.
  ///
  /// - Throws: `RecordError.writeFailed`
  func clipCaptions(to path: String) throws {
    var numbers = numbers("clip captions")
    let clips = data.vatex.scenes
    try JSONDocument.object(path) { file in
      for place in clips.places {
        let seen = isRight(&numbers) ? place : numbers.next(below: clips.count)
        let scene = clips[seen]
        let mover = scene.motion?.first.map { scene.objects[$0.object] } ?? scene.objects[0]
        let caption: String
        switch system {
        case .constant: caption = "a red circle moves to the right"
        case .hasty: caption = "a shape moves"
        case .attentive:
          let kind = scene.motion?.first?.kind.words(&numbers) ?? "is there"
          caption = mover.usual.one(&numbers) + " " + kind
        }
        try file.member(data.vatex.name(place)) { $0.string(caption) }
      }
    }
  }
}
