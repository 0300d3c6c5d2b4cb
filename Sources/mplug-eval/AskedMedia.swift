import Media
import Models
import Records

/// The picture or the video that is asked about.
struct AskedMedia {
  /// The file.
  let path: String
  /// The picture; nil for a video.
  let picture: RGBImage?
  /// What is wrong with the file although it gave pictures.
  private(set) var remarks: [MediaError]

  /// Whether it is a video.
  var isVideo: Bool { picture == nil }

  /// Looks at a file, by its content.
  ///
  /// - Throws: `MediaError`, `RecordError`.
  init(_ path: String) throws {
    self.path = path
    let file = try MappedFile(path)
    guard
      file.withBytes({ ImageFormat.of($0.prefix(ImageFormat.startLength)) }) != nil
    else {
      (picture, remarks) = (nil, [])
      do {
        // Whether it is one, before weights are loaded.
        _ = try VideoReader(path)
      } catch MediaError.unknownContent(let file, let expected, let found) {
        throw MediaError.unknownContent(
          file: file, expected: "a picture (JPEG, PNG) or \(expected)", found: found)
      }
      return
    }
    let decoded = try ImageDecoder().decode(file)
    (picture, remarks) = (decoded.image, decoded.remarks)
  }

  /// What a model sees of it.
  ///
  /// - Throws: `ModelError`, `MediaError`, `RecordError`.
  mutating func features(_ model: any Model, _ task: TaskProtocol) throws -> [VisualFeatures] {
    if let picture {
      return try model.features(of: [task.imageTransform.tensor(of: picture, file: path)], task)
    }
    guard let sampler = task.videoSampler() else { return [] }
    let video = try sampler.sample(path)
    for remark in video.remarks where !remarks.contains(remark) { remarks.append(remark) }
    return try model.features(
      of: [task.frameNormalization.tensor(of: video.images, file: path)], task)
  }
}
