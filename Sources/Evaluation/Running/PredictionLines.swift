import Datasets
import Records

/// The whole lines of one or more journals of predictions, by sample.
package struct PredictionLines {
  /// The name in run folders.
  package static let fileName = "predictions.jsonl"

  /// How many samples carry each remark, in the order of first appearance, with the first few.
  package private(set) var problems: [Problem] = []

  private let files: [MappedFile]
  private var places: [SampleID: Place] = [:]

  private struct Place {
    let file: Int
    let bytes: Range<Int>
  }

  /// Reads the journals; of two lines about one sample the first counts.
  ///
  /// - Parameter each: Is given each line that counts, and its file.
  /// - Throws: `RecordError` for a file that is not there or cannot be read; what `each` throws.
  package init(
    _ paths: [String], _ members: PredictionMembers,
    each: (PredictionLine, String) throws -> Void = { _, _ in }
  ) throws {
    files = try paths.map { try MappedFile($0, sequential: true) }
    var remarks: [(code: String, ids: [SampleID])] = []
    for (index, file) in files.enumerated() {
      var start = 0
      try file.withBytes { bytes in
        try JournalLines.forEach(in: UnsafeRawBufferPointer(bytes), path: file.path) { value, end in
          defer { start = end }
          guard let line = PredictionLine(value, members), places[line.id] == nil else { return }
          places[line.id] = Place(file: index, bytes: start..<end)
          try each(line, file.path)
          for remark in line.record["remarks"]?.array?.compactMap(\.string) ?? [] {
            if let known = remarks.firstIndex(where: { $0.code == remark }) {
              remarks[known].ids.append(line.id)
            } else {
              remarks.append((remark, [line.id]))
            }
          }
        }
      }
    }
    problems = remarks.sorted { $0.code < $1.code }.map { remark in
      Problem(
        code: remark.code, message: "\(remark.ids.count) samples: \(remark.code)",
        count: remark.ids.count, examples: remark.ids.sorted().prefix(10).map(\.description))
    }
  }

  /// The samples that have a line.
  package var ids: Set<SampleID> { Set(places.keys) }

  /// Writes the lines of samples in an order.
  ///
  /// - Returns: The samples that have none.
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  package func write(ids: [SampleID], to path: String) throws -> [SampleID] {
    let target = try AtomicFile(path)
    var missing: [SampleID] = []
    for id in ids {
      guard let place = places[id] else {
        missing.append(id)
        continue
      }
      try files[place.file].withBytes {
        try target.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0)[place.bytes]))
      }
    }
    try target.commit()
    return missing
  }
}
