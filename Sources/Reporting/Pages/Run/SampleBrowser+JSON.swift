import Datasets
import Evaluation
import Foundation
import Metrics
import Records

extension SampleBrowser {
  /// The data of the script: metrics, notes, media and samples. Texts are bounded, numbers are those
  /// of the run.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  func json() throws -> [UInt8] {
    let scores = page.samples.flatMap { $0.scores.map(\.name) }.uniqued()
    let notes = SampleNotes(page.samples, problems: page.record.problems)
    var places: [ViewedMedium: Int] = [:]
    for (place, medium) in media.enumerated() { places[medium] = place }
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("pageLength")
    writer.int(Self.pageLength)
    writer.key("scores")
    writer.beginArray()
    for name in scores {
      writer.beginObject()
      writer.key("name")
      writer.string(name)
      writer.key("digits")
      writer.int(digits(of: name))
      writer.endObject()
    }
    writer.endArray()
    writer.key("primary")
    writer.int(scores.firstIndex { $0 == page.primary?.name } ?? 0)
    writer.key("notes")
    try writer.value(.strings(notes.texts))
    writer.key("media")
    writer.beginArray()
    for (medium, picture) in zip(media, pictures) { write(medium, picture, to: &writer) }
    writer.endArray()
    writer.key("samples")
    writer.beginArray()
    for sample in page.samples { try write(sample, scores, notes, places, to: &writer) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// How many digits a score is written with: none where it counts, such as a rank.
  private func digits(of score: String) -> Int {
    let values = page.samples.lazy.flatMap(\.scores).filter { $0.name == score }.map(\.value)
    let isCount =
      page.card?.metricCard(ofScore: score) == nil
      && values.allSatisfy { $0 == $0.rounded() }
    return isCount ? 0 : page.number(of: score).digits
  }

  private func write(_ medium: ViewedMedium, _ picture: SmallPicture?, to writer: inout JSONWriter)
  {
    writer.beginObject()
    writer.key("name")
    writer.string(medium.path.split(separator: "/").last.map(String.init) ?? medium.path)
    writer.key("kind")
    writer.string(medium.kind.rawValue)
    if !medium.exists {
      writer.key("missing")
      writer.bool(true)
    }
    if let picture {
      writer.key("src")
      writer.string(Self.address(of: picture))
      writer.key("width")
      writer.int(picture.width)
      writer.key("height")
      writer.int(picture.height)
      writer.key("frames")
      writer.int(picture.frames)
    }
    writer.endObject()
  }

  /// A picture as an address that holds it.
  static func address(of picture: SmallPicture) -> String {
    "data:image/jpeg;base64," + Data(picture.jpeg).base64EncodedString()
  }

  /// How many bytes that address has.
  static func addressLength(of picture: SmallPicture) -> Int {
    "data:image/jpeg;base64,".utf8.count + (picture.jpeg.count + 2) / 3 * 4
  }

  private func write(
    _ sample: ViewedSample, _ scores: [String], _ notes: SampleNotes,
    _ places: [ViewedMedium: Int], to writer: inout JSONWriter
  ) throws {
    writer.beginObject()
    writer.key("id")
    writer.string(sample.id.description)
    if let verdict = Verdict(sample, primary: page.primary?.name) {
      writer.key("verdict")
      writer.string(verdict.rawValue)
    }
    if let input = sample.input {
      writer.key("input")
      writer.string(Self.bounded(input))
    }
    writer.key("prediction")
    writer.string(Self.bounded(sample.prediction))
    if sample.candidates.count > 1 {
      writer.key("candidates")
      writer.beginArray()
      for candidate in sample.candidates.prefix(Self.listLimit) {
        writer.beginArray()
        writer.string(Self.bounded(candidate.text))
        try writer.double(candidate.score)
        writer.endArray()
      }
      writer.endArray()
    }
    if sample.candidates.isEmpty, sample.ranking.count > 1 {
      writer.key("ranking")
      try writer.value(.strings(sample.ranking.prefix(Self.listLimit).map(Self.bounded)))
    }
    writer.key("references")
    writer.beginArray()
    for (text, count) in Self.counted(sample.references).prefix(Self.listLimit) {
      writer.beginArray()
      writer.string(Self.bounded(text))
      writer.int(count)
      writer.endArray()
    }
    writer.endArray()
    writer.key("scores")
    writer.beginArray()
    for name in scores {
      let value = sample.scores.first { $0.name == name }?.value
      if let value, value.isFinite { try writer.double(value) } else { writer.null() }
    }
    writer.endArray()
    try write("media", sample.media.compactMap { places[$0] }, to: &writer)
    try write("notes", notes.places(of: sample), to: &writer)
    try write("trueBox", sample.trueBox, to: &writer)
    try write("predictedBox", sample.predictedBox, to: &writer)
    writer.endObject()
  }

  private func write(_ key: String, _ numbers: [Int], to writer: inout JSONWriter) throws {
    guard !numbers.isEmpty else { return }
    writer.key(key)
    try writer.value(.array(numbers.map { .int($0) }))
  }

  private func write(_ key: String, _ box: PixelBox?, to writer: inout JSONWriter) throws {
    guard let box else { return }
    writer.key(key)
    // Hundredths of a pixel are finer than any screen.
    let numbers = [box.x, box.y, box.width, box.height].map { ($0 * 100).rounded() / 100 }
    try writer.value(.array(numbers.map { .double($0) }))
  }

  /// Each reference once with how often it is given, the most frequent first, else in order.
  static func counted(_ references: [String]) -> [(text: String, count: Int)] {
    var counts: [[UInt8]: Int] = [:]
    for reference in references { counts[Array(reference.utf8), default: 0] += 1 }
    let distinct = references.map { Array($0.utf8) }.uniqued()
    let ordered = distinct.enumerated().sorted {
      (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
    }
    return ordered.map { (String(decoding: $0.element, as: UTF8.self), counts[$0.element] ?? 0) }
  }

  /// A text that is not longer than a page can show.
  static func bounded(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let end = scalars.index(
      scalars.startIndex, offsetBy: textLimit, limitedBy: scalars.endIndex)
    guard let end, end < scalars.endIndex else { return text }
    return String(scalars[..<end]) + "…"
  }
}
