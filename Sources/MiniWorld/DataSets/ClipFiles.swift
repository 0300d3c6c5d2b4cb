import Records

/// MSR-VTT's clips: captions for retrieval, and the questions of MSRVTT-QA.
struct MSRVTTClips: Sendable {
  let scenes: SceneSeries

  /// `video7020`
  func name(_ place: Int) -> String { "video\(scenes.firstID + place)" }

  var media: MediaSeries { MediaSeries(.mp4, scenes) { "msrvtt/videos/all/\(name($0)).mp4" } }

  func captions(_ place: Int, _ count: Int) -> [String] {
    var texts = ClipTexts(of: scenes[place], seed: scenes.seed)
    return texts.captions(count)
  }

  /// Writes `MSRVTT_JSFUSION_test.csv`: a caption a clip.
  ///
  /// - Throws: `RecordError.writeFailed`
  func table(to path: String) throws {
    let file = try AtomicFile(path)
    try file.append("key,vid_key,video_id,sentence\n")
    for place in scenes.places {
      let caption = captions(place, 1)[0]
      // A comma would end the field.
      let field = caption.contains(",") ? "\"\(caption)\"" : caption
      try file.append("ret\(place),msr\(scenes.firstID + place),\(name(place)),\(field)\n")
    }
    try file.commit()
  }

  /// Writes `MSRVTT_train.9k.csv`: the clips alone.
  ///
  /// - Throws: `RecordError.writeFailed`
  func list(to path: String) throws {
    let file = try AtomicFile(path)
    try file.append("video_id\n")
    for place in scenes.places { try file.append(name(place) + "\n") }
    try file.commit()
  }

  /// Writes `train_val_videodatainfo.json`: twenty captions a clip.
  ///
  /// - Throws: `RecordError.writeFailed`
  func info(split: String, to path: String) throws {
    try JSONDocument.object(path) { file in
      try file.member("info") {
        $0.beginObject()
        $0.member("year", "2026")
        $0.member("version", "1.0")
        $0.member("description", "Clips of the mini world")
        $0.member("contributor", "mplug-eval")
        $0.member("data_created", "2026-01-01 00:00:00")
        $0.endObject()
      }
      try file.members("videos") {
        for place in scenes.places {
          let seconds = scenes[place].seconds
          try file.record {
            $0.member("category", 0)
            $0.member("url", "")
            $0.member("video_id", name(place))
            $0.key("start time")
            try $0.double(0)
            $0.key("end time")
            try $0.double(seconds)
            $0.member("split", split)
            $0.member("id", place)
          }
        }
      }
      try file.members("sentences") {
        for place in scenes.places {
          for (number, caption) in captions(place, 20).enumerated() {
            try file.record {
              $0.member("caption", caption)
              $0.member("video_id", name(place))
              $0.member("sen_id", place * 20 + number)
            }
          }
        }
      }
    }
  }
}

/// The questions about clips of MSRVTT-QA and MSVD-QA.
struct ClipQuestions: Sendable {
  let scenes: SceneSeries
  /// How many about a clip, at most.
  let perClip: Int
  /// The id of the first question; the others count on.
  let firstID: Int
  /// MSRVTT-QA states a category.
  let hasCategories: Bool

  func questions(_ place: Int) -> [ClipQuestion] {
    var texts = ClipTexts(of: scenes[place], seed: scenes.seed)
    return texts.questions(perClip)
  }

  /// Every question with its id.
  ///
  /// - Throws: what the function throws.
  func forEach(_ body: (_ id: Int, _ clip: Int, ClipQuestion) throws -> Void) rethrows {
    var id = firstID
    for place in scenes.places {
      for question in questions(place) {
        try body(id, scenes.firstID + place, question)
        id += 1
      }
    }
  }

  /// Writes `test_qa.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  func write(to path: String) throws {
    try JSONDocument.list(path) { file in
      try forEach { id, clip, question in
        try file.record {
          $0.member("answer", question.answer)
          if hasCategories { $0.member("category_id", 0) }
          $0.member("id", id)
          $0.member("question", question.text)
          $0.member("video_id", clip)
        }
      }
    }
  }

  /// Writes `train_ans2label.json`: all answers that there are, each with its number.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func answerList(to path: String) throws {
    let answers =
      Shape.allCases.map(\.rawValue) + NamedColor.allCases.map(\.rawValue)
      + (1...3).map(Words.number) + ["move", "bounce", "spin", "grow", "shrink"]
      + ["left", "right", "up", "down"] + Background.allCases.map { Words.names($0)[0] }
    try JSONDocument.object(path) { file in
      for (number, answer) in answers.enumerated() { try file.member(answer) { $0.int(number) } }
    }
  }
}

/// MSVD's clips: numbered by the questions, named by a mapping.
struct MSVDClips: Sendable {
  let scenes: SceneSeries

  /// `mini0001451_0_3`, as a YouTube id with the seconds of the part.
  func name(_ place: Int) -> String {
    "mini\(padded(scenes.firstID + place, to: 7))_0_\(scenes[place].tenths / 10)"
  }

  var media: MediaSeries { MediaSeries(.avi, scenes) { "msvd/YouTubeClips/\(name($0)).avi" } }

  /// Writes `youtube_mapping.txt`.
  ///
  /// - Throws: `RecordError.writeFailed`
  func mapping(to path: String) throws {
    let file = try AtomicFile(path)
    for place in scenes.places {
      try file.append("\(name(place)) vid\(scenes.firstID + place)\n")
    }
    try file.commit()
  }
}

/// VATEX's clips with ten captions each.
struct VATEXClips: Sendable {
  let scenes: SceneSeries

  /// `mini0000001_000000_000010`
  func name(_ place: Int) -> String {
    "mini\(padded(scenes.firstID + place, to: 7))_000000_000010"
  }

  var media: MediaSeries { MediaSeries(.mp4, scenes) { "vatex/videos/\(name($0)).mp4" } }

  func captions(_ place: Int) -> [String] {
    var texts = ClipTexts(of: scenes[place], seed: scenes.seed)
    return texts.captions(10).map { Words.sentence($0) + "." }
  }

  /// Writes `vatex_public_test_english_v1.1.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  func write(to path: String) throws {
    try JSONDocument.list(path) { file in
      for place in scenes.places {
        try file.record {
          $0.member("videoID", name(place))
          $0.member("enCap", captions(place))
        }
      }
    }
  }
}
