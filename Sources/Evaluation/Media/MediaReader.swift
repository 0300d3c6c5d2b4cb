import Media

/// Reads images and clips in the order asked for, ahead of whoever needs them: what was made of the
/// pixels, or why there are none. Nothing stops it; what was wrong is counted in `problems`.
package final class MediaReader<Output: Sendable>: Sequence, IteratorProtocol {
  /// What became of one image or clip.
  package struct Element: Sendable {
    /// Its place among the requests, from 0.
    package let index: Int
    /// What was asked for.
    package let request: MediaRequest
    /// What was made of it, or why there is nothing: a `MediaError` or a `RecordError`.
    package let result: Result<Output, any Error>
    /// What is wrong with it although there are pixels, those that the reference sees.
    package let remarks: [MediaError]
  }

  /// What was wrong with those that were handed out.
  package private(set) var problems = MediaProblems()

  private typealias Made = (output: Output, remarks: [MediaError])
  private let files: DecodeAhead<MediaRequest, Made>

  /// Begins to decode.
  ///
  /// - Parameters:
  ///   - requests: What is read, in this order.
  ///   - bytes: How many bytes an output takes up while it waits.
  ///   - make: Makes the output, such as a model's input, on the threads that decode: the picture
  ///     itself does not wait then.
  package init(
    _ requests: [MediaRequest], _ decoding: MediaDecoding,
    bytes: @escaping @Sendable (Output) -> Int,
    make: @escaping @Sendable (DecodedMedia) throws -> Output
  ) {
    let budget = ByteBudget<MediaRequest, Made>(
      limit: decoding.memory, inWork: { decoding.bytesInWork($0) },
      waiting: { bytes($0.output) })
    files = DecodeAhead(
      requests, threads: decoding.threads, ahead: decoding.ahead, budget: budget
    ) { request in
      let media = try decoding.decode(request)
      return (try make(media), media.remarks)
    }
  }

  /// The next image or clip; nil behind the last.
  package func next() -> Element? {
    guard let file = files.next() else { return nil }
    var remarks: [MediaError] = []
    switch file.result {
    case .failure(let error): problems.add(error, at: file.item.path)
    case .success(let made):
      remarks = made.remarks
      for remark in remarks { problems.add(remark: remark, at: file.item.path) }
    }
    return Element(
      index: file.index, request: file.item, result: file.result.map(\.output), remarks: remarks)
  }

  /// Stops decoding; `next` gives nothing more.
  package func cancel() { files.cancel() }
}
