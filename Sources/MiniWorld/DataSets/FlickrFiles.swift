import Records

/// Flickr30K's photos, and the sentences that SNLI-VE has about them.
struct FlickrImages: Sendable {
  let scenes: SceneSeries
  /// The split of a photo: `test`, `val`, `train`.
  let split: @Sendable (Int) -> String

  /// `4000000000`: ids are strings of up to ten digits.
  func name(_ place: Int) -> String { "\(scenes.firstID + place)" }

  var media: MediaSeries {
    MediaSeries(.jpeg, scenes) { "flickr30k/flickr30k-images/\(name($0)).jpg" }
  }

  func captions(_ place: Int) -> [Statement] {
    var captions = Captions(of: scenes[place], seed: scenes.seed)
    return captions(5)
  }

  func hypotheses(_ place: Int) -> [Hypothesis] {
    var hypotheses = Hypotheses(about: scenes[place], seed: scenes.seed)
    return hypotheses()
  }

  /// Writes `dataset_flickr30k.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  func karpathy(to path: String) throws {
    try JSONDocument.object(path) { file in
      try file.members("images") {
        for place in scenes.places {
          let captions = captions(place).map(\.text)
          let ids = captions.indices.map { place * 5 + $0 }
          try file.record {
            $0.member("sentids", ids)
            $0.member("imgid", place)
            $0.sentences(captions, ids: ids, image: place)
            $0.member("split", split(place))
            $0.member("filename", name(place) + ".jpg")
          }
        }
      }
      try file.member("dataset") { $0.string("flickr30k") }
    }
  }

  /// The pairs of a photo: the premise's number, the pair's id and the sentence.
  func pairs(_ place: Int) -> [(caption: Int, id: String, hypothesis: Hypothesis)] {
    let caption = place % 5
    return hypotheses(place).map { hypothesis in
      let letter = hypothesis.label.rawValue.prefix(1)
      return (caption, "\(name(place)).jpg#\(caption)r1\(letter)", hypothesis)
    }
  }

  /// Writes `snli_ve_test.jsonl` of the photos of a split, without the parse trees.
  ///
  /// - Throws: `RecordError.writeFailed`
  func entailment(split wanted: String, to path: String) throws {
    try JSONLinesFile.write(path) { record in
      for place in scenes.places where split(place) == wanted {
        let captions = captions(place)
        for (caption, id, hypothesis) in pairs(place) {
          try record {
            $0.member("Flickr30K_ID", name(place))
            $0.member("annotator_labels", [hypothesis.label.rawValue])
            $0.member("captionID", "\(name(place)).jpg#\(caption)")
            $0.member("gold_label", hypothesis.label.rawValue)
            $0.member("pairID", id)
            $0.member("sentence1", captions[caption].text)
            $0.member("sentence2", hypothesis.text)
          }
        }
      }
    }
  }
}
