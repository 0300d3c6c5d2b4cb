import Records

/// A part of COCO's images, such as val2014.
struct COCOImages: Sendable {
  /// `val2014`
  let subset: String
  let scenes: SceneSeries

  /// `COCO_val2014_000000100001.jpg`
  func fileName(_ id: Int) -> String { "COCO_\(subset)_\(padded(id, to: 12)).jpg" }

  /// The image files.
  var media: MediaSeries {
    MediaSeries(.jpeg, scenes) { "coco/\(subset)/\(fileName(scenes.firstID + $0))" }
  }

  /// The captions of an image: five, of some six, as in COCO.
  func captions(_ place: Int) -> [Statement] {
    var captions = Captions(of: scenes[place], seed: scenes.seed)
    return captions(place % 20 == 12 ? 6 : 5)
  }

  /// The id of a caption.
  func captionID(_ place: Int, _ number: Int) -> Int { (scenes.firstID + place) * 10 + number }

  /// The questions about an image: four, of some three.
  func questions(_ place: Int) -> [VisualQuestion] {
    var questions = Questions(about: scenes[place], seed: scenes.seed)
    return questions(place % 20 == 12 ? 3 : 4)
  }
}

/// The files of COCO's captions, and Karpathy's.
enum COCOFiles {
  /// The place of images in Karpathy's file.
  struct KarpathyPart {
    let images: COCOImages
    let places: Range<Int>
    let split: @Sendable (Int) -> String
  }

  /// Writes `captions_val2014.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func captions(_ images: COCOImages, to path: String) throws {
    try JSONDocument.object(path) { file in
      try writeInfo("Captions of the mini world", to: file)
      try file.members("images") {
        for place in images.scenes.places {
          try file.record { $0.image(images.scenes[place], images.fileName) }
        }
      }
      try writeLicenses(to: file)
      try file.members("annotations") {
        for place in images.scenes.places {
          for (number, caption) in images.captions(place).enumerated() {
            try file.record {
              $0.member("image_id", images.scenes.firstID + place)
              $0.member("id", images.captionID(place, number))
              $0.member("caption", caption.text)
            }
          }
        }
      }
    }
  }

  /// Writes `dataset_coco.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func karpathy(_ parts: [KarpathyPart], to path: String) throws {
    try JSONDocument.object(path) { file in
      try file.members("images") {
        var imageNumber = 0
        for part in parts {
          for place in part.places {
            let captions = part.images.captions(place).map(\.text)
            let id = part.images.scenes.firstID + place
            let ids = captions.indices.map { part.images.captionID(place, $0) }
            try file.record {
              $0.member("filepath", part.images.subset)
              $0.member("sentids", ids)
              $0.member("filename", part.images.fileName(id))
              $0.member("imgid", imageNumber)
              $0.member("split", part.split(place))
              $0.sentences(captions, ids: ids, image: imageNumber)
              $0.member("cocoid", id)
            }
            imageNumber += 1
          }
        }
      }
      try file.member("dataset") { $0.string("coco") }
    }
  }

  /// `info` of COCO's and VQA's files.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func writeInfo(_ description: String, to file: JSONDocument) throws {
    try file.member("info") {
      $0.beginObject()
      $0.member("description", description)
      $0.member("url", "")
      $0.member("version", "1.0")
      $0.member("year", 2026)
      $0.member("contributor", "mplug-eval")
      $0.member("date_created", "2026-01-01")
      $0.endObject()
    }
  }

  /// `licenses` of COCO's files.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func writeLicenses(to file: JSONDocument) throws {
    try file.members("licenses") {
      try file.record {
        $0.member("url", "https://www.apache.org/licenses/LICENSE-2.0")
        $0.member("id", 1)
        $0.member("name", "Apache License 2.0")
      }
    }
  }
}

extension JSONWriter {
  /// The members of a record of `images`.
  mutating func image(_ scene: Scene, _ name: (Int) -> String) {
    member("license", 1)
    member("file_name", name(scene.id))
    member("coco_url", "")
    member("height", scene.height)
    member("width", scene.width)
    member("date_captured", "2026-01-01 00:00:00")
    member("flickr_url", "")
    member("id", scene.id)
  }

  /// Karpathy's `sentences`: as written and as words.
  mutating func sentences(_ captions: [String], ids: [Int], image: Int) {
    key("sentences")
    beginArray()
    for (caption, id) in zip(captions, ids) {
      beginObject()
      let words = caption.lowercased().split { !$0.isLetter && !$0.isNumber }
      member("tokens", words.map(String.init))
      member("raw", caption)
      member("imgid", image)
      member("sentid", id)
      endObject()
    }
    endArray()
  }
}
