import Records

/// The stack machine that pickles are programs for, cut down to what builds plain values.
struct PickleMachine {
  let file: MappedFile
  let bytes: UnsafeBufferPointer<UInt8>
  let globals: PickleGlobals
  let limits: PickleLimits
  /// The next byte to read.
  var position: Int
  /// The opcode that is carried out, and where it stands.
  var code: UInt8 = 0
  var start = 0
  var heap = PickleHeap()
  private var stack: [PickleItem] = []
  /// How high the stack was at each open MARK.
  private var marks: [Int] = []
  private var memo: [Int: PickleItem] = [:]

  /// - Parameter position: where the pickle begins in the file.
  init(_ file: MappedFile, at position: Int, globals: PickleGlobals, limits: PickleLimits) {
    self.file = file
    bytes = file.bytes
    self.position = position
    self.globals = globals
    self.limits = limits
  }

  /// Carries out opcodes up to and with STOP; gives what is then on the stack.
  ///
  /// - Throws: `PickleError`.
  mutating func run() throws -> PickleItem {
    while true {
      start = position
      guard position < bytes.count else {
        throw PickleError.cutOff(
          file: file.path, opcode: "STOP", offset: position, needed: 1, left: 0)
      }
      code = bytes[position]
      position += 1
      guard let opcode = PickleOpcode(rawValue: code) else { throw unread() }
      if opcode == .stop { return try result() }
      try carryOut(opcode)
      let size = heap.size + memo.count * 48
      if size > limits.memory { throw beyond("bytes in memory", limits.memory) }
    }
  }

  private mutating func carryOut(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .none: try push(.none)
    case .newtrue: try push(.bool(true))
    case .newfalse: try push(.bool(false))
    case .int: try push(readIntLine())
    case .long: try push(.int(readLongLine()))
    case .binint: try push(.int(Int(Int32(truncatingIfNeeded: readNumber(4)))))
    case .binint1: try push(.int(readNumber(1)))
    case .binint2: try push(.int(readNumber(2)))
    case .long1: try push(readLong(readNumber(1)))
    case .long4: try push(readLong(readNumber(4)))
    case .float: try push(.float(readFloatLine()))
    case .binfloat: try push(.float(readFloat()))

    case .string: try push(.text(readQuotedLine()))
    case .shortBinstring: try push(.text(readByteString(1)))
    case .binstring: try push(.text(readByteString(4)))
    case .unicode: try push(.text(readUnicodeLine()))
    case .shortBinunicode: try push(.text(readUnicode(1)))
    case .binunicode: try push(.text(readUnicode(4)))
    case .binunicode8: try push(.text(readUnicode(8)))
    case .shortBinbytes: try push(.bytes(readBytes(1)))
    case .binbytes: try push(.bytes(readBytes(4)))
    case .binbytes8: try push(.bytes(readBytes(8)))

    case .emptyList: try push(.list(heap.container(at: start)))
    case .emptyTuple: try push(.tuple(heap.container(at: start)))
    case .emptyDict: try push(.dict(heap.container(at: start)))
    case .list: try gather { .list($0) }
    case .tuple: try gather { .tuple($0) }
    case .dict: try gather(pairs: true) { .dict($0) }
    case .tuple1: try pushTuple(1)
    case .tuple2: try pushTuple(2)
    case .tuple3: try pushTuple(3)
    case .append: try append(from: stack.count - 1)
    case .appends: try append(from: openMark())
    case .setitem: try setItems(from: stack.count - 2)
    case .setitems: try setItems(from: openMark())

    case .mark: try mark()
    case .pop: try discard()
    case .popMark: stack.removeLast(stack.count - (try openMark()))
    case .dup: try push(top())
    case .put: try memorize(readIndexLine())
    case .binput: try memorize(readNumber(1))
    case .longBinput: try memorize(readNumber(4))
    case .memoize: try memorize(memo.count)
    case .get: try recall(readIndexLine())
    case .binget: try recall(readNumber(1))
    case .longBinget: try recall(readNumber(4))

    case .proto: try checkProtocol()
    case .frame: try skipFrameHeader()
    case .global: try push(.global(readGlobalLines()))
    case .stackGlobal: try pushStackGlobal()
    case .reduce, .newobj: try pushObject()
    case .build: try build()
    case .binpersid: try pushPersistent()
    case .stop: break
    }
  }

  /// STOP: Python's reader gives the last value and forgets what lies below; no writer leaves any.
  private func result() throws -> PickleItem {
    guard stack.count == 1, marks.isEmpty, let value = stack.last else {
      throw malformed("\(stack.count) values and \(marks.count) open MARKs are left, not 1 value")
    }
    return value
  }
}

// MARK: - Stack

extension PickleMachine {
  /// What opcodes may not reach below: the last open MARK.
  private var floor: Int { marks.last ?? 0 }

  mutating func push(_ item: PickleItem) throws {
    guard stack.count < limits.stack else { throw beyond("values on the stack", limits.stack) }
    stack.append(item)
  }

  /// The value on top.
  private func top() throws -> PickleItem {
    guard stack.count > floor, let item = stack.last else { throw tooFew(1) }
    return item
  }

  /// Takes the value on top.
  mutating func pop() throws -> PickleItem {
    guard stack.count > floor, let item = stack.popLast() else { throw tooFew(1) }
    return item
  }

  private mutating func mark() throws {
    guard marks.count < limits.nesting else { throw beyond("open MARKs", limits.nesting) }
    marks.append(stack.count)
  }

  /// Closes the last MARK: where its values begin.
  private mutating func openMark() throws -> Int {
    guard let place = marks.popLast() else { throw malformed("no MARK is open") }
    return place
  }

  /// POP takes a value, or a MARK that has none above it.
  private mutating func discard() throws {
    if let mark = marks.last, mark == stack.count {
      marks.removeLast()
    } else {
      _ = try pop()
    }
  }

  private mutating func memorize(_ slot: Int) throws {
    // Every slot costs a file two bytes or more: a number beyond its size is no writer's.
    guard slot <= bytes.count else {
      throw malformed("memo slot \(slot) in a file of \(bytes.count) bytes")
    }
    memo[slot] = try top()
  }

  private mutating func recall(_ slot: Int) throws {
    guard let item = memo[slot] else { throw malformed("memo slot \(slot) is empty") }
    try push(item)
  }
}

// MARK: - Containers

extension PickleMachine {
  /// Makes a container of the values above the last MARK.
  private mutating func gather(
    pairs: Bool = false, _ item: (Int32) -> PickleItem
  ) throws {
    let first = try openMark()
    if pairs { try checkPairs(from: first) }
    let container = heap.container(at: start, stack[first...])
    stack.removeLast(stack.count - first)
    try push(item(container))
  }

  private mutating func pushTuple(_ count: Int) throws {
    guard stack.count - floor >= count else { throw tooFew(count) }
    let container = heap.container(at: start, stack[(stack.count - count)...])
    stack.removeLast(count)
    try push(.tuple(container))
  }

  /// APPEND and APPENDS: what stands from a place on goes to the list below it.
  private mutating func append(from first: Int) throws {
    guard first > floor else { throw tooFew(2) }
    let list: Int32
    switch stack[first - 1] {
    case .list(let place): list = place
    case .object(let object): list = listPart(of: object)
    default: throw malformed("it appends to something that is no list")
    }
    for place in first..<stack.count { heap.append(stack[place], to: list) }
    stack.removeLast(stack.count - first)
  }

  /// SETITEM and SETITEMS: the pairs from a place on go to the dictionary below it.
  private mutating func setItems(from first: Int) throws {
    guard first > floor else { throw tooFew(3) }
    let dict: Int32
    switch stack[first - 1] {
    case .dict(let place): dict = place
    case .object(let object): dict = dictPart(of: object)
    default: throw malformed("it sets members of something that is no dictionary")
    }
    try checkPairs(from: first)
    for place in first..<stack.count { heap.append(stack[place], to: dict) }
    stack.removeLast(stack.count - first)
  }

  private func checkPairs(from first: Int) throws {
    guard (stack.count - first) % 2 == 0 else { throw malformed("a key has no value") }
    for place in stride(from: first, to: stack.count, by: 2) {
      switch stack[place] {
      case .list, .dict: throw malformed("a list or a dictionary is used as a key")
      default: continue
      }
    }
  }

  private func tooFew(_ needed: Int) -> PickleError {
    malformed("it needs \(needed) values, \(stack.count - floor) are on the stack")
  }
}
