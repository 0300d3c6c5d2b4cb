/// METEOR's normaliser of English text (`-norm`): what becomes a word of its own, which dashes,
/// apostrophes and periods stay.
///
/// Source: METEOR 1.5 (after the tokenizer of Moses), by its output.
///
/// Quirks kept: the PTB token `'s` becomes the two words `'` and `s`; of `a-b-c` only the first dash
/// goes; no-break spaces vanish.
package struct METEORNormalizer: Sendable {
  /// Words behind which a period stays, as scalars.
  private let prefixes: Set<[UInt32]>
  /// Those behind which it stays only before a number.
  private let numberPrefixes: Set<[UInt32]>
  private var text: [UInt32] = []
  private var other: [UInt32] = []

  /// - Parameters:
  ///   - prefixes: words behind which a period stays.
  ///   - numberPrefixes: those behind which it stays before a number.
  package init(prefixes: some Sequence<String>, numberPrefixes: some Sequence<String>) {
    // As scalars: `String` would take the Kelvin sign for a K.
    self.prefixes = Set(prefixes.map { $0.unicodeScalars.map(\.value) })
    self.numberPrefixes = Set(numberPrefixes.map { $0.unicodeScalars.map(\.value) })
  }

  /// The scalars of the normalised text: words separated by spaces, not yet lower-cased.
  package mutating func normalize(_ string: some StringProtocol) -> [UInt32] {
    separateSymbols(string)
    markRuns()
    separateCommas()
    unifyQuotes()
    separateDashes()
    separateApostrophes()
    return finish(separatePeriods())
  }

  /// Steps 1 and 2: a space before, behind and on both sides of every symbol.
  private mutating func separateSymbols(_ string: some StringProtocol) {
    text.removeAll(keepingCapacity: true)
    text.append(METEORCharacters.space)
    for scalar in string.unicodeScalars {
      if METEORCharacters.isSymbol(scalar.value) {
        text += [METEORCharacters.space, scalar.value, METEORCharacters.space]
      } else {
        text.append(scalar.value)
      }
    }
    text.append(METEORCharacters.space)
  }

  /// Step 3: a run of periods is a word of its own.
  private mutating func markRuns() {
    other.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      var end = index
      while end < text.count, text[end] == METEORCharacters.period { end += 1 }
      if end - index > 1 {
        other.append(METEORCharacters.space)
        other.append(
          contentsOf: repeatElement(METEORCharacters.runPeriod, count: end - index))
        other.append(METEORCharacters.space)
        index = end
      } else {
        other.append(text[index])
        index += 1
      }
    }
    swap(&text, &other)
  }

  /// Step 4.
  private mutating func separateCommas() {
    let isDigit = METEORCharacters.isDigit
    let sides = [
      (left: { !isDigit($0) }, right: { !isDigit($0) }),
      (left: isDigit, right: { !isDigit($0) }),
      (left: { !isDigit($0) }, right: isDigit),
    ]
    for side in sides {
      replace(METEORCharacters.comma, after: side.left, before: side.right, Self.apart(","))
    }
  }

  /// Step 5.
  private mutating func unifyQuotes() {
    for index in text.indices
    where text[index] == METEORCharacters.backtick
      || METEORCharacters.singleQuotes.contains(text[index])
    {
      text[index] = METEORCharacters.apostrophe
    }
    // Symbols, so spaces are around them already.
    for index in text.indices where METEORCharacters.doubleQuotes.contains(text[index]) {
      text[index] = METEORCharacters.quotationMark
    }
    METEORCharacters.replacePairs(
      of: METEORCharacters.apostrophe, in: text, into: &other, by: Self.apart("\""))
    swap(&text, &other)
  }

  /// Steps 6 and 7.
  private mutating func separateDashes() {
    for index in text.indices where text[index] == METEORCharacters.enDash {
      text[index] = METEORCharacters.dash
    }
    METEORCharacters.replacePairs(
      of: METEORCharacters.dash, in: text, into: &other, by: [METEORCharacters.dash])
    swap(&text, &other)
    let isAlphanumeric = METEORCharacters.isAlphanumeric
    replace(
      METEORCharacters.dash, after: { isAlphanumeric($0) || $0 == METEORCharacters.period },
      before: isAlphanumeric, [METEORCharacters.space])
  }

  /// Step 8.
  private mutating func separateApostrophes() {
    let (isAlpha, isDigit) = (METEORCharacters.isAlpha, METEORCharacters.isDigit)
    let mark = METEORCharacters.apostrophe
    let opened = [METEORCharacters.space, mark]
    let apart = Self.apart("'")
    replace(mark, after: { !isAlpha($0) }, before: { !isAlpha($0) }, apart)
    replace(mark, after: { !isAlpha($0) && !isDigit($0) }, before: isAlpha, apart)
    replace(mark, after: isAlpha, before: { !isAlpha($0) }, apart)
    replace(mark, after: isAlpha, before: isAlpha, opened)
    replace(mark, after: isDigit, before: { $0 == 0x73 }, opened)
  }

  /// Step 9: the words, of which those that end in a period may lose it or fall apart.
  private func separatePeriods() -> [UInt32] {
    let words = text.split(whereSeparator: METEORCharacters.isSeparator)
    var output: [UInt32] = []
    output.reserveCapacity(text.count)
    for (index, word) in words.enumerated() {
      if !output.isEmpty { output.append(METEORCharacters.space) }
      guard word.count > 1, word.last == METEORCharacters.period else {
        output += word
        continue
      }
      let stem = word.dropLast()
      let next = index + 1 < words.count ? words[index + 1].first : nil
      if stem.contains(METEORCharacters.period), stem.contains(where: METEORCharacters.isAlpha) {
        output += stem.filter { $0 != METEORCharacters.period }
      } else if next.map(METEORCharacters.isLowercase) ?? false
        || prefixes.contains(Array(stem))
        || next.map(METEORCharacters.isDigit) ?? false && numberPrefixes.contains(Array(stem))
      {
        output += word
      } else {
        output += stem
        output += [METEORCharacters.space, METEORCharacters.period]
      }
    }
    return output
  }

  /// Step 10 without lower-casing: single spaces, none around.
  private func finish(_ text: [UInt32]) -> [UInt32] {
    var output: [UInt32] = []
    output.reserveCapacity(text.count)
    for character in text {
      let one = METEORCharacters.isSpace(character) ? METEORCharacters.space : character
      if one == METEORCharacters.space, output.last == METEORCharacters.space { continue }
      output.append(one == METEORCharacters.runPeriod ? METEORCharacters.period : one)
    }
    let isTrimmed = { (character: UInt32) in character <= METEORCharacters.space }
    let end = output.lastIndex { !isTrimmed($0) }.map { $0 + 1 } ?? 0
    let start = output.firstIndex { !isTrimmed($0) } ?? 0
    return Array(output[min(start, end)..<end])
  }

  private mutating func replace(
    _ middle: UInt32, after left: (UInt32) -> Bool, before right: (UInt32) -> Bool,
    _ replacement: [UInt32]
  ) {
    // Most texts have none of it.
    guard text.contains(middle) else { return }
    METEORCharacters.replace(
      middle, in: text, into: &other, after: left, before: right, by: replacement)
    swap(&text, &other)
  }

  private static func apart(_ character: Unicode.Scalar) -> [UInt32] {
    [METEORCharacters.space, character.value, METEORCharacters.space]
  }
}
