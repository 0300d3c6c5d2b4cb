/// What can go wrong with a file that is read or written here.
///
/// What is wrong inside a JSON document is a `JSONError`, which knows the line and the column.
package enum RecordError: Error, Equatable, Sendable {
  /// There is no file of that name.
  case missingFile(path: String, remedy: String)
  /// The path leads to a file where a folder is needed.
  case notAFolder(path: String, remedy: String)
  /// The file is there but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file, or the folder, could not be written.
  case writeFailed(path: String, reason: String)
  /// A number that JSON cannot hold (not a number, infinity) was to be written at `place`.
  case unwritableNumber(place: String, found: String)
}

extension RecordError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  package var description: String {
    switch self {
    case .missingFile(let path, let remedy):
      "\(path): there is no such file or folder: \(remedy)"
    case .notAFolder(let path, let remedy):
      "\(path): is a file and no folder: \(remedy)"
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .writeFailed(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .unwritableNumber(let place, let found):
      "\(place): \(found) cannot be written in JSON: leave the member out or write null"
    }
  }
}
