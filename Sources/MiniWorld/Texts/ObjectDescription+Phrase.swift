extension ObjectDescription {
  /// A noun phrase without article: `large striped red stars`.
  ///
  /// - Parameter count: How many are meant: one gives the singular.
  func phrase(_ count: Int = 1, _ numbers: inout SeededNumbers) -> String {
    var words: [String] = []
    if let size { words.append(numbers.pick(Words.names(size))) }
    if let material { words.append(numbers.pick(Words.names(material))) }
    if let color { words.append(numbers.pick(Words.names(color))) }
    let noun = numbers.pick(shape.map(Words.names) ?? Words.anything)
    words.append(count == 1 ? noun : Words.plural(noun))
    return words.joined(separator: " ")
  }

  /// `a red star`.
  func one(_ numbers: inout SeededNumbers) -> String {
    Words.withArticle(phrase(1, &numbers))
  }

  /// `the red star`.
  func the(_ numbers: inout SeededNumbers) -> String { "the " + phrase(1, &numbers) }

  /// `two red stars`, `a red star`.
  func counted(_ count: Int, _ numbers: inout SeededNumbers) -> String {
    count == 1 ? one(&numbers) : "\(Words.number(count)) \(phrase(count, &numbers))"
  }
}

extension SceneObject {
  /// Colour and shape, by which people call things.
  var usual: ObjectDescription { ObjectDescription(shape: shape, color: color) }

  /// All that can be said of its looks; that it is plain or of medium size is not said.
  var full: ObjectDescription {
    ObjectDescription(
      shape: shape, color: color, size: size == .medium ? nil : size,
      material: material == .plain ? nil : material)
  }
}
