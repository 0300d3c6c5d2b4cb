import Tensors
import Testing

@Suite struct InstructionSetTests {
  @Test func names() throws {
    #expect(try InstructionSet(named: "scalar") == .scalar)
    for set in InstructionSet.available {
      #expect(try InstructionSet(named: set.rawValue) == set)
    }
    #expect(InstructionSet.available.contains(.fastest))
  }

  @Test func anUnknownNameIsRefusedWithThoseThatThereAre() {
    let available = InstructionSet.available
    #expect(throws: InstructionSetError.unknownName("neon", available: available)) {
      try InstructionSet(named: "neon")
    }
    let error = InstructionSetError.unknownName("neon", available: [.scalar, .avx2])
    #expect("\(error)" == "unknown instruction set \"neon\"; this processor has scalar, avx2")
  }

  @Test func thoseThatTheProcessorLacksAreRefused() {
    let error = InstructionSetError.notAvailable(.avx512, available: [.scalar, .avx2])
    #expect("\(error)" == "this processor lacks avx512; it has scalar, avx2")
    for set in InstructionSet.allCases where !set.isAvailable {
      #expect(throws: InstructionSetError.notAvailable(set, available: InstructionSet.available)) {
        try InstructionSet(named: set.rawValue)
      }
    }
  }
}
