import Records
import Text

/// Prediction files of NLVR2: the official CSV, lines `dev-850-0-0,True` without a header, or records
/// `{"identifier": "dev-850-0-0", "label": "True"}` as a JSON list or JSON Lines.
enum NLVR2PredictionFile {
  /// Reads either form, told apart by the first visible byte.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the line or record that is wrong.
  static func read(_ path: String) throws -> PredictionFile {
    let ((ids, texts, problems), file) = try SourceFile.read(path, role: "predictions") { file in
      let first = file.withBytes { $0.withoutByteOrderMark.first { $0 > 0x20 } }
      if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
        let records = try LabelRecords(in: file, .statements)
        return (records.ids, records.labels, records.problems)
      }
      let lines = try file.withBytes { bytes in
        var lines = NLVR2PredictionLines(path: path)
        try lines.read(file, bytes)
        return lines
      }
      return (lines.ids, lines.texts, lines.problems)
    }
    return PredictionFile(ids: ids, texts: texts, file: file, problems: problems)
  }

  /// `identifier,True` lines in the order of the references, words spelled as the data set does.
  ///
  /// Another word is wrong as it is; one that a line cannot hold (`True, maybe`) must not become a
  /// right one when the file is read, so that `other` stands for it.
  static let submission = SubmissionFormat(fileExtension: "csv") { ids, predictions, file in
    for (id, prediction) in zip(ids, predictions) {
      try file.append("\(id),\(word(prediction.text ?? ""))\n")
    }
  }

  private static func word(_ text: String) -> String {
    switch PythonLowercase.lowercased(text) {
    case "true": "True"
    case "false": "False"
    case _ where text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }: text
    default: "other"
    }
  }
}

/// The lines of an official prediction file.
///
/// Source: `lil-lab/nlvr`, `nlvr2/eval/metrics.py`. Quirks kept: a line is stripped and cut at commas,
/// its first two fields count and are not stripped themselves, and a later line replaces an earlier
/// one. Blank lines, on which the script stops, are passed over.
private struct NLVR2PredictionLines {
  let path: String
  private(set) var ids: [SampleID] = []
  private(set) var texts: [String] = []
  private var places: [SampleID: Int] = [:]
  private var replacedCount = 0
  private var replaced: [SampleID] = []

  init(path: String) { self.path = path }

  var problems: [Problem] {
    guard replacedCount > 0 else { return [] }
    return [
      Problem(
        code: "replaced_prediction",
        message: "\(replacedCount) lines name an identifier that an earlier line has: the last one "
          + "counts, as in the official script",
        count: replacedCount, examples: replaced.map(\.description))
    ]
  }

  mutating func read(_ file: MappedFile, _ bytes: UnsafeBufferPointer<UInt8>) throws {
    if let foreign = ForeignContent(file) {
      throw DatasetError.wrongKind(
        path: path, expected: "lines identifier,True", found: "another kind of file",
        remedy: foreign.explanation)
    }
    let content = bytes.withoutByteOrderMark
    var start = content.startIndex
    var number = 0
    while start < content.endIndex {
      // Python's text mode ends lines at LF, CR and CR LF.
      let end = content[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? content.endIndex
      number += 1
      try readLine(UnsafeBufferPointer(rebasing: bytes[start..<end]), number)
      start = end + 1
      if end < content.endIndex, bytes[end] == 0x0D, start < content.endIndex, bytes[start] == 0x0A
      {
        start += 1
      }
    }
    if ids.isEmpty { throw DatasetError.empty(path: path, what: "prediction") }
  }

  private mutating func readLine(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) throws {
    let stripped = PythonWhitespace.strip(line)
    guard !stripped.isEmpty else { return }
    guard let text = String(validating: line[stripped], as: UTF8.self) else {
      throw wrong(number, "the line is not UTF-8", remedy: "write the file as UTF-8 text")
    }
    // Bytes: a comma and a combining mark would be one `Character`.
    let fields = text.utf8.split(
      separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count > 1 else {
      throw wrong(
        number, "expected identifier,prediction, found no comma",
        remedy: "lines look like dev-850-0-0,True")
    }
    let id = Self.id(String(Substring(fields[0])))
    let prediction = String(Substring(fields[1]))
    if let place = places[id] {
      texts[place] = prediction
      replacedCount += 1
      if replaced.count < 3 { replaced.append(id) }
    } else {
      places[id] = ids.count
      ids.append(id)
      texts.append(prediction)
    }
  }

  /// A number, as lists without identifiers have it, or an identifier.
  private static func id(_ text: String) -> SampleID {
    if let number = Int(text), "\(number)" == text { return .int(number) }
    return .string(text)
  }

  private func wrong(_ line: Int, _ reason: String, remedy: String) -> DatasetError {
    .badRecord(path: path, line: line, column: 1, reason: reason, remedy: remedy)
  }
}
