/// The lexer's rules as a deterministic automaton whose states are made when they are first met.
///
/// One caller at a time may use a value; its answers do not depend on what was asked before.
struct PTBAutomaton: Sendable {
  let program: PTBProgram
  /// A row a state: the number that it accepts as or 0, then the following row by class. A
  /// following row of 0 means that nothing can match any more, `unknown` that it was never asked.
  private var table: [Int32] = []
  private var members: [[Int32]] = []
  private var rows: [[Int32]: Int32] = [:]
  private var entryRows: [Int32] = []
  private var marks: [UInt32]
  private var round: UInt32 = 0
  private let width: Int

  /// (row, position) pairs of the present text from which no match lies ahead.
  private var hopeless: Set<UInt64> = []

  private static let unknown: Int32 = -1
  /// More entries than this and the table is begun anew. Real text needs a tenth of it.
  private static let largestTable = 4 << 20
  /// Every so many units a scan asks whether it is hopeless, if it has run far enough.
  private static let stride = 64
  private static let patience = 128

  init(_ program: PTBProgram) {
    self.program = program
    width = program.classCount + 1
    marks = Array(repeating: 0, count: program.labels.count)
    reset()
  }

  /// Forgets what is known of a text, before another one.
  mutating func beginText() {
    if !hopeless.isEmpty { hopeless.removeAll() }
    if table.count > Self.largestTable { reset() }
  }

  /// The longest match of a rule, its context included; ties go to the rule with the lower number.
  ///
  /// - Returns: the end of the match and the number of the rule, 0 if none matches.
  mutating func longestMatch(
    in text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> (end: Int, rule: Int) {
    if table.count > Self.largestTable { reset() }
    var row = entryRow(PTBProgram.allRules)
    var position = start
    var match = (end: start, rule: 0)
    // A scan that runs on without a match, through an address that never comes to its `@` say, is
    // remembered, so that the next token's scan does not run the same way again: else a long text
    // without spaces would take quadratic time.
    var passed: [(key: UInt64, position: Int)] = []
    var checkpoint = (start + Self.patience + Self.stride) / Self.stride * Self.stride
    while true {
      let alive = scan(
        text, &row, &position, to: min(text.count, checkpoint), whenAccepting: &match)
      if !alive || position == text.count { break }
      let key = UInt64(UInt32(bitPattern: row)) << 32 | UInt64(position)
      if hopeless.contains(key) { break }
      passed.append((key, position))
      checkpoint += Self.stride
    }
    for (key, position) in passed where position >= match.end { hopeless.insert(key) }
    return match
  }

  /// Where the token of a match ends, that is where its context begins: as far right as possible.
  mutating func tokenEnd(
    of match: (end: Int, rule: Int), in text: UnsafeBufferPointer<UInt16>, from start: Int
  ) -> Int {
    switch program.contexts[match.rule] {
    case .none: return match.end
    case .units(let count): return match.end - count
    case .patterns(let token, let context):
      var row = entryRow(token)
      var position = start
      var ends: [Int] = []
      while position < match.end {
        row = following(row, text[position])
        if row == 0 { break }
        position += 1
        if table[Int(row)] != 0 { ends.append(position) }
      }
      let end = ends.last { end in
        var row = entryRow(context)
        for position in end..<match.end {
          row = following(row, text[position])
          if row == 0 { return false }
        }
        return table[Int(row)] != 0
      }
      return end ?? match.end
    }
  }

  /// Runs up to a position. False when nothing can match any more.
  private mutating func scan(
    _ text: UnsafeBufferPointer<UInt16>, _ row: inout Int32, _ position: inout Int, to end: Int,
    whenAccepting match: inout (end: Int, rule: Int)
  ) -> Bool {
    while position < end {
      var next: Int32 = 0
      table.withUnsafeBufferPointer { table in
        program.classes.withUnsafeBufferPointer { classes in
          while position < end {
            next = table[Int(row) + 1 + Int(classes[Int(text[position])])]
            if next <= 0 { return }
            row = next
            position += 1
            let accepted = table[Int(row)]
            if accepted != 0 { match = (position, Int(accepted)) }
          }
        }
      }
      if next == 0 { return false }
      if next == Self.unknown { _ = following(row, text[position]) }
    }
    return true
  }

  /// The row after a unit, which is made if it is not known.
  private mutating func following(_ row: Int32, _ unit: UInt16) -> Int32 {
    let unitClass = Int(program.classes[Int(unit)])
    let cell = Int(row) + 1 + unitClass
    if table[cell] != Self.unknown { return table[cell] }
    round += 1
    var reached: [Int32] = []
    for node in members[Int(row) / width] {
      let label = program.labels[Int(node)]
      guard label >= 0, program.membership[Int(label) * program.classCount + unitClass] else {
        continue
      }
      for next in program.successors(of: node) where marks[Int(next)] != round {
        marks[Int(next)] = round
        reached.append(next)
      }
    }
    reached.sort()
    let next = self.row(of: reached)
    table[cell] = next
    return next
  }

  private mutating func entryRow(_ entry: Int) -> Int32 {
    if entryRows[entry] == Self.unknown { entryRows[entry] = row(of: program.entries[entry]) }
    return entryRows[entry]
  }

  private mutating func row(of nodes: [Int32]) -> Int32 {
    if let known = rows[nodes] { return known }
    let row = Int32(table.count)
    var accepted: Int32 = 0
    for node in nodes where program.labels[Int(node)] < 0 {
      let number = ~program.labels[Int(node)]
      if accepted == 0 || number < accepted { accepted = number }
    }
    table.append(accepted)
    table.append(
      contentsOf: repeatElement(nodes.isEmpty ? 0 : Self.unknown, count: program.classCount))
    members.append(nodes)
    rows[nodes] = row
    return row
  }

  private mutating func reset() {
    table = []
    members = []
    rows = [:]
    hopeless = []
    entryRows = Array(repeating: Self.unknown, count: program.entries.count)
    _ = row(of: [])
  }
}
