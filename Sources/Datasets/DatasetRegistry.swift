/// The adapters. A new data set is a folder and a line here; its benchmarks are YAML
/// files (CONTRIBUTING has the recipe).
public enum DatasetRegistry {
  /// All adapters, by name.
  public static let all: [any Dataset.Type] = [
    COCOCaption.self,
    COCORetrieval.self,
    Flickr30KRetrieval.self,
    MSRVTTQA.self,
    MSRVTTRetrieval.self,
    MSVDQA.self,
    NLVR2.self,
    RefCOCO.self,
    SNLIVE.self,
    VATEX.self,
    VQAv2.self,
  ]

  /// The adapter that a card names.
  ///
  /// - Throws: `DatasetError.badCard` if there is none, which a test rules out.
  public static func dataset(for card: BenchmarkCard) throws -> any Dataset.Type {
    guard let found = all.first(where: { $0.name == card.dataset }) else {
      throw DatasetError.badCard(
        path: "\(card.name).yaml", reason: "names the unknown data set '\(card.dataset)'")
    }
    return found
  }
}
