import Records

/// The published splits by their images: a digest of the sorted ids tells which one a file has.
///
/// The ids themselves are not here. Source: Karpathy's `caption_datasets.zip`, the Flickr30K
/// Entities lists (`BryanPlummer/flickr30k_entities`), `MSRVTT_JSFUSION_test.csv`.
enum KnownImages: String, CaseIterable {
  case cocoTest = "Karpathy's test split of COCO"
  case cocoVal = "Karpathy's val split of COCO"
  case flickrTest = "Karpathy's test split of Flickr30K"
  case flickrVal = "Karpathy's val split of Flickr30K"
  case entitiesTest = "the Flickr30K Entities test split"
  case entitiesVal = "the Flickr30K Entities val split"
  case msrvtt1kA = "the 1k-A test split of MSR-VTT"

  /// The split that exactly these images are; nil where it is none of these.
  init?(_ ids: [SampleID]) {
    let sorted = ids.map { Array($0.description.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    let digest = SHA256.hexDigest(of: Array(sorted.joined(separator: [0x0A])))
    guard let known = Self.allCases.first(where: { $0.digest == digest }) else { return nil }
    self = known
  }

  /// SHA-256 of the ids, sorted by their bytes and joined by line feeds.
  private var digest: String {
    switch self {
    case .cocoTest: "b4f15b295a1855a8ae04635e2754c2dec5644ae7b047a9b377edd5defd876a98"
    case .cocoVal: "88757cdec7ea375cad04d6eb8e01407a227f802a1fb64399114d82d896e3fe95"
    case .flickrTest: "3561ef20c1ce29ad8138e655ad5a6239d8c6bf191c41b495786d9b3a46d895aa"
    case .flickrVal: "9e4ef6fbb2b9f25bb881c652489a3e206df05780d7a963541e38410f304b023b"
    case .entitiesTest: "43aa148f28ed57ff53d026a71ec522029a0e3660ddeeb3fd61830afb35be6465"
    case .entitiesVal: "ffe337fc20704d294ae5c36c8d2ada42a0e3b74d4e57593d15e4c14290e25315"
    case .msrvtt1kA: "49a09fb68f7ec52b3b9bbb7e856ffbd3f00233976ed435fded658309c3cd491a"
    }
  }

  /// How many images it has.
  private var count: Int {
    switch self {
    case .cocoTest, .cocoVal: 5000
    case .flickrVal: 1014
    case .flickrTest, .entitiesTest, .entitiesVal, .msrvtt1kA: 1000
    }
  }

  /// How many images a split of Entities shares with one of Karpathy's.
  private func shared(with karpathy: KnownImages) -> Int {
    switch (self, karpathy) {
    case (.entitiesTest, .flickrTest): 25
    case (.entitiesTest, .flickrVal): 34
    case (.entitiesVal, .flickrTest): 31
    case (.entitiesVal, .flickrVal): 32
    default: 0
    }
  }

  /// Holds the images of a split against the published ones.
  ///
  /// - Returns: A problem where there are as many images as there should be, and others.
  /// - Throws: `DatasetError.wrongKind` where they are another published split.
  static func check(
    _ ids: [SampleID], are expected: KnownImages, of split: BenchmarkSplit, path: String
  ) throws -> [Problem] {
    let found = KnownImages(ids)
    if let found, found != expected {
      let common = found.shared(with: expected)
      throw DatasetError.wrongKind(
        path: path, expected: "the \(split.samples) images of \(expected.rawValue)",
        found: "\(ids.count) images, \(common) of them in common: this is \(found.rawValue)",
        remedy: "give the list of \(expected.rawValue)")
    }
    guard found == nil, ids.count == expected.count else { return [] }
    return [
      Problem(
        code: "other_images",
        message: "the files hold as many images as \(expected.rawValue), but not the same ones: "
          + "the numbers are not comparable with published ones",
        count: ids.count)
    ]
  }
}
