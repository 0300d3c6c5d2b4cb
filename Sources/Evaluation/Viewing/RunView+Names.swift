import Records
import Text

extension RunView {
  /// The places of the samples that a name on the command line means: the id as text, whether it is a
  /// number or a string in the files; of a retrieval's images and clips also without `image:`.
  ///
  /// Several only where the references repeat the id.
  package func places(named name: String) -> [Int] {
    let exact = places { $0.utf8.elementsEqual(name.utf8) }
    guard exact.isEmpty else { return exact }
    return places { text in
      ["image:", "video:"].contains { text.hasPrefix($0) && text.dropFirst($0.count) == name }
    }
  }

  /// The ids most like a name, nearest first.
  package func ids(near name: String) -> [String] {
    NearestNames.of(name, among: ids.map(\.description).uniqued())
  }

  private func places(where matches: (String) -> Bool) -> [Int] {
    ids.indices.filter { matches(ids[$0].description) }
  }
}
