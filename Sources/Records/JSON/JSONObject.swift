/// The members of a JSON object in the order of the document.
///
/// Two objects are equal if they have the same members, in any order.
package struct JSONObject: Sendable {
  /// One member.
  package struct Member: Sendable {
    package let key: String
    package var value: JSONValue
  }

  /// The members, in order.
  package private(set) var members: [Member]

  /// Takes members in order; of those with the same name only the last counts, at the first's place.
  package init(_ members: [(String, JSONValue)] = []) {
    self.members = []
    for (key, value) in members { self[key] = value }
  }

  /// Takes members whose names are known to differ.
  init(distinct members: [Member]) { self.members = members }

  /// The value of a member; setting nil removes it.
  package subscript(key: String) -> JSONValue? {
    get { index(of: key).map { members[$0].value } }
    set {
      switch (index(of: key), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The members sorted by the UTF-8 of their names.
  package var sorted: [Member] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  private func index(of key: String) -> Int? {
    members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
  }
}

extension JSONObject: Equatable {
  package static func == (first: JSONObject, second: JSONObject) -> Bool {
    first.members.count == second.members.count
      && zip(first.sorted, second.sorted).allSatisfy {
        $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value
      }
  }
}
