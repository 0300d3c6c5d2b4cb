import Text

/// The texts that answers become on their way to being compared, found once for each distinct
/// answer and numbered in a pool that several kinds of answers share.
struct AnswerForms {
  typealias Step = (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void

  private let step: Step
  /// The number of each answer's form; `unknown` until asked for.
  private var forms: [UInt32]
  private var output: [UInt8] = []
  private static let unknown = UInt32.max

  /// Forms by a step, for about as many answers as stated.
  init(count: Int, step: @escaping Step) {
    self.step = step
    forms = Array(repeating: Self.unknown, count: count)
  }

  /// The number in `texts` of the form of answer `number` in `pool`.
  mutating func form(
    of number: UInt32, in pool: borrowing InternedStrings, texts: inout InternedStrings
  ) -> UInt32 {
    let index = Int(number)
    while forms.count <= index { forms.append(Self.unknown) }
    if forms[index] != Self.unknown { return forms[index] }
    pool.withBytes(of: number) { step($0, &output) }
    let form = output.withUnsafeBufferPointer { texts.intern($0) }
    forms[index] = form
    return form
  }
}
