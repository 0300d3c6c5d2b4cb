import Records

extension COCOCaption {
  /// Holds the images of Karpathy's split against his other splits (`restval` belongs to training)
  /// and against the folder of the split's images, and the captions of the official file against
  /// its images.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    var problems: [Problem] = []
    if let path = folder.find(split.files["karpathy"] ?? []) {
      let images = try KarpathyIndex(of: path).images
      problems += inOtherSplits(images, split) + elsewhere(images, split)
    }
    if let path = folder.find(split.files["annotations"] ?? []) {
      _ = try COCOCaptionFile.read(path, keeping: nil)
    }
    return problems
  }

  private static func inOtherSplits(
    _ images: [KarpathyIndex.Image], _ split: BenchmarkSplit
  ) -> [Problem] {
    let own = Set(images.lazy.filter { $0.split == split.name }.map(\.id))
    let shared = images.filter { $0.split != split.name && own.contains($0.id) }
    guard !shared.isEmpty else { return [] }
    let others = Set(shared.map(\.split)).sorted().joined(separator: ", ")
    return [
      Problem(
        code: "images_in_two_splits",
        message: "\(shared.count) images of \(split.name) are in \(others) too",
        count: shared.count, examples: shared.prefix(3).map { "\($0.id)" })
    ]
  }

  private static func elsewhere(
    _ images: [KarpathyIndex.Image], _ split: BenchmarkSplit
  ) -> [Problem] {
    guard let folder = split.media?.split(separator: "/").first else { return [] }
    let strays = images.filter {
      $0.split == split.name && $0.folder.map { $0 != folder } ?? false
    }
    guard !strays.isEmpty else { return [] }
    return [
      Problem(
        code: "images_in_other_folder",
        message: "\(strays.count) images of \(split.name) are not of \(folder), as all of them "
          + "are officially",
        count: strays.count, examples: strays.prefix(3).map { "\($0.id)" })
    ]
  }
}
