/// The rules as one nondeterministic automaton over classes of UTF-16 units.
///
/// Two units are of one class if no rule tells them apart. Nodes either consume a unit or accept;
/// the steps between them that consume nothing are followed beforehand.
struct PTBProgram: Sendable {
  /// Where a run of the automaton begins.
  enum Entry: Sendable {
    /// Nothing is demanded after the token.
    case none
    /// What is demanded after the token always has so many units.
    case units(Int)
    /// It varies: the entry of the token's pattern and that of its context.
    case patterns(token: Int, context: Int)
  }

  /// The entry at which all rules are tried; a match is accepted as the rule's number.
  static let allRules = 0

  /// The class of every unit, from 0.
  private(set) var classes: [UInt16] = []
  private(set) var classCount = 0
  /// How the context of each rule is told from its token; rules count from 1.
  private(set) var contexts: [Entry] = [.none]
  /// What each rule does.
  private(set) var actions: [PTBAction] = [.drop]
  /// The nodes that each entry reaches without consuming anything.
  private(set) var entries: [[Int32]] = []

  /// The set that a node consumes a unit of, or the complement of the number that it accepts as.
  private(set) var labels: [Int32] = []
  /// The nodes after each node, all in one list: node k has `successorEnds[k - 1]..<[k]` of it.
  private(set) var successors: [Int32] = []
  private(set) var successorEnds: [Int32] = []
  /// Whether a class belongs to a set, at `set * classCount + class`.
  private(set) var membership: [Bool] = []

  /// The lexer's own rules.
  static let lexer = PTBProgram(PTBRule.all)
  /// The rules with tokens that never run over a line feed.
  static let lexerWithinLines = PTBProgram(PTBRule.withinLines)

  init(_ rules: [PTBRule]) {
    var graph = PTBGraph()
    var starts: [Int] = []
    var roots: [Int] = []
    func enter(_ pattern: PTBPattern, accepting number: Int) -> Int {
      starts.append(graph.add(pattern, before: graph.add(.accept(number))))
      return starts.count
    }
    for (index, rule) in rules.enumerated() {
      let accept = graph.add(.accept(index + 1))
      let rest = rule.context.map { graph.add($0, before: accept) } ?? accept
      roots.append(graph.add(rule.token, before: rest))
      actions.append(rule.action)
      if let context = rule.context {
        if let length = context.fixedLength {
          contexts.append(.units(length))
        } else {
          let token = enter(rule.token, accepting: 1)
          contexts.append(.patterns(token: token, context: enter(context, accepting: 1)))
        }
      } else {
        contexts.append(.none)
      }
    }
    starts.insert(graph.add(.branch(roots)), at: 0)
    flatten(graph, starts)
    classify(graph.sets)
  }

  /// The nodes that may follow a node.
  func successors(of node: Int32) -> ArraySlice<Int32> {
    let start = node == 0 ? 0 : Int(successorEnds[Int(node) - 1])
    return successors[start..<Int(successorEnds[Int(node)])]
  }

  /// Keeps the nodes that consume or accept and joins them directly.
  private mutating func flatten(_ graph: PTBGraph, _ starts: [Int]) {
    var numbers = [Int32](repeating: -1, count: graph.nodes.count)
    var kept: [Int] = []
    for (index, node) in graph.nodes.enumerated() {
      if case .branch = node { continue }
      numbers[index] = Int32(kept.count)
      kept.append(index)
    }
    var seen = [Int](repeating: -1, count: graph.nodes.count)
    var round = 0
    func reach(_ start: Int) -> [Int32] {
      var found: [Int32] = []
      var open = [start]
      round += 1
      while let index = open.popLast() {
        if seen[index] == round { continue }
        seen[index] = round
        if case .branch(let ways) = graph.nodes[index] {
          open += ways
        } else {
          found.append(numbers[index])
        }
      }
      return found
    }
    for index in kept {
      switch graph.nodes[index] {
      case .consume(let set, let next):
        labels.append(Int32(set))
        successors += reach(next)
      case .accept(let number):
        labels.append(~Int32(number))
      case .branch:
        break
      }
      successorEnds.append(Int32(successors.count))
    }
    entries = starts.map { reach($0).sorted() }
  }

  /// Cuts the units at every border of a set, and puts pieces together that are in the same sets.
  private mutating func classify(_ sets: [PTBUnitSet]) {
    var isBorder = [Bool](repeating: false, count: 0x10001)
    isBorder[0] = true
    for range in sets.lazy.flatMap(\.ranges) {
      isBorder[Int(range.lowerBound)] = true
      isBorder[Int(range.upperBound) + 1] = true
    }
    var piece = [Int](repeating: 0, count: 0x10001)
    var pieceCount = 0
    for unit in 0...0x10000 {
      if isBorder[unit] { pieceCount += 1 }
      piece[unit] = pieceCount - 1
    }
    if isBorder[0x10000] { pieceCount -= 1 } else { piece[0x10000] = pieceCount }

    let words = (sets.count + 63) / 64
    var profiles = [UInt64](repeating: 0, count: pieceCount * words)
    for (number, set) in sets.enumerated() {
      for range in set.ranges {
        for index in piece[Int(range.lowerBound)]..<piece[Int(range.upperBound) + 1] {
          profiles[index * words + number / 64] |= 1 << UInt64(number % 64)
        }
      }
    }
    var known: [ArraySlice<UInt64>: UInt16] = [:]
    let pieceClasses = (0..<pieceCount).map { index in
      let profile = profiles[index * words..<(index + 1) * words]
      if let found = known[profile] { return found }
      let number = UInt16(known.count)
      known[profile] = number
      return number
    }
    classCount = known.count
    classes = (0...0xFFFF).map { pieceClasses[piece[$0]] }
    membership = [Bool](repeating: false, count: sets.count * classCount)
    for (profile, number) in known {
      for set in 0..<sets.count {
        let word = profile[profile.startIndex + set / 64]
        membership[set * classCount + Int(number)] = word >> UInt64(set % 64) & 1 == 1
      }
    }
  }
}

/// The automaton while it is put together, back to front.
private struct PTBGraph {
  enum Node {
    case consume(set: Int, next: Int)
    case branch([Int])
    case accept(Int)
  }

  var nodes: [Node] = []
  var sets: [PTBUnitSet] = []
  private var numbers: [PTBUnitSet: Int] = [:]

  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds the nodes of a pattern that leads to a node.
  ///
  /// - Returns: the node at which the pattern begins.
  mutating func add(_ pattern: PTBPattern, before next: Int) -> Int {
    switch pattern {
    case .unit(let set):
      let number = numbers[set] ?? sets.count
      if number == sets.count {
        sets.append(set)
        numbers[set] = number
      }
      return add(.consume(set: number, next: next))
    case .sequence(let parts):
      return parts.reversed().reduce(next) { add($1, before: $0) }
    case .choice(let options):
      return add(.branch(options.map { add($0, before: next) }))
    case .repetition(let body, let minimum, let maximum):
      var entry = next
      if let maximum {
        for _ in minimum..<maximum {
          entry = add(.branch([add(body, before: entry), next]))
        }
      } else {
        entry = add(.branch([]))
        nodes[entry] = .branch([add(body, before: entry), next])
      }
      for _ in 0..<minimum { entry = add(body, before: entry) }
      return entry
    }
  }
}
