// Opcodes that in Python import and call. Here they make opaque values, and only of names that the
// caller allowed.
extension PickleMachine {
  /// GLOBAL: a module and a name in it, on two lines.
  mutating func readGlobalLines() throws -> Int32 {
    let module = try readLine()
    let name = try readLine()
    return try global("\(Self.text(bytes[module])).\(Self.text(bytes[name]))")
  }

  /// STACK_GLOBAL: a module and a name in it, on the stack.
  mutating func pushStackGlobal() throws {
    let name = try pop()
    let module = try pop()
    guard case .text(let name) = name, case .text(let module) = module else {
      throw malformed("the names of a module and of something in it are no strings")
    }
    try push(.global(global("\(message(module)).\(message(name))")))
  }

  private mutating func global(_ name: String) throws -> Int32 {
    guard globals.allows(name) else { throw refused(name) }
    return heap.global(name)
  }

  /// REDUCE and NEWOBJ: a global and a tuple of arguments.
  mutating func pushObject() throws {
    guard globals.allowsObjects else { throw refused() }
    let arguments = try pop()
    let constructor = try pop()
    guard case .tuple = arguments else { throw malformed("the arguments are no tuple") }
    switch constructor {
    case .global, .object: break
    default: throw malformed("it calls a plain value")
    }
    let fields = [constructor, arguments, .none, .none, .none]
    try push(.object(heap.container(at: start, fields)))
  }

  /// BUILD: a state for an object.
  mutating func build() throws {
    guard globals.allowsObjects else { throw refused() }
    let state = try pop()
    let object = try pop()
    guard case .object(let place) = object, case .none = heap[place, .state] else {
      throw malformed("it sets the state of no object, or a second one")
    }
    heap[place, .state] = state
    try push(object)
  }

  /// BINPERSID: something that lies outside the pickle.
  mutating func pushPersistent() throws {
    guard globals.allowsObjects else { throw refused() }
    let id = try pop()
    try push(.persistent(heap.container(at: start, [id])))
  }

  /// The list that an object collects what is appended to it in.
  mutating func listPart(of object: Int32) -> Int32 {
    if case .list(let list) = heap[object, .elements] { return list }
    let list = heap.container(at: start)
    heap[object, .elements] = .list(list)
    return list
  }

  /// The dictionary that an object collects its members in.
  mutating func dictPart(of object: Int32) -> Int32 {
    if case .dict(let dict) = heap[object, .pairs] { return dict }
    let dict = heap.container(at: start)
    heap[object, .pairs] = .dict(dict)
    return dict
  }

  private func message(_ span: Int32) -> String {
    let span = heap.spans[Int(span)]
    let range = span.start..<span.start + Int(span.count)
    return span.isInFile ? Self.text(bytes[range]) : Self.text(heap.unescaped[range])
  }
}

extension PickleMachine {
  /// PROTO: which protocol the writer used.
  mutating func checkProtocol() throws {
    let version = try readNumber(1)
    guard version <= 5 else { throw malformed("protocol \(version); 0 to 5 are known") }
  }

  /// FRAME: how many bytes belong together, which matters only to readers of streams.
  mutating func skipFrameHeader() throws {
    let size = try readNumber(8)
    guard size <= bytes.count - position else { throw cutOff(size) }
  }
}
