import Tensors
import TestSupport
import Testing

@Suite struct LinearTests {
  static let engines = InstructionSet.allCases.filter(\.isAvailable).flatMap { set in
    [1, 2, 3].map { Engine(instructionSet: set, threads: $0) }
  }

  static func layer(
    _ weights: [Float], _ bias: [Float]?, inputs: Int, outputs: Int, _ engine: Engine
  ) -> Linear {
    Linear(inputs: inputs, outputs: outputs, bias: bias, engine: engine) { rows, memory in
      for (place, index) in (rows.lowerBound * inputs..<rows.upperBound * inputs).enumerated() {
        memory[place] = weights[index]
      }
    }
  }

  @Test func neitherBatchNorThreadsNorInstructionsChangeAResult() {
    var random = TestRandom(seed: 1)
    for (rows, inputs, outputs) in [(1, 300, 70), (30, 96, 200), (300, 40, 97)] {
      let (weights, bias) = (random.floats(inputs * outputs), random.floats(outputs))
      let (x, residual) = (random.floats(rows * inputs), random.floats(rows * outputs))
      for activation in Activation.allCases {
        var results: [[Float]] = []
        for engine in Self.engines {
          let layer = Self.layer(weights, bias, inputs: inputs, outputs: outputs, engine)
          let all = engine.matrix(rows, inputs, x)
          let added = engine.matrix(rows, outputs, residual)
          results.append(
            engine.linear(all, layer, activation: activation, residual: added).floats)
          let half = rows / 2..<rows
          let part = engine.linear(
            all.rows(half), layer, activation: activation, residual: added.rows(half))
          #expect(sameBits(part.floats, Array(results[0][(rows / 2 * outputs)...])))
        }
        for result in results { #expect(sameBits(result, results[0])) }
      }
    }
  }

  @Test func aLayerIsItsFormula() {
    var random = TestRandom(seed: 2)
    let (rows, inputs, outputs) = (5, 37, 41)
    let (weights, bias) = (random.floats(inputs * outputs), random.floats(outputs))
    let (x, residual) = (random.floats(rows * inputs), random.floats(rows * outputs))
    let engine = Engine(threads: 2)
    let layer = Self.layer(weights, bias, inputs: inputs, outputs: outputs, engine)
    let y = engine.linear(
      engine.matrix(rows, inputs, x), layer, activation: .relu,
      residual: engine.matrix(rows, outputs, residual)
    ).floats
    for row in 0..<rows {
      for output in 0..<outputs {
        let sum = (0..<inputs).reduce(Double(bias[output])) {
          $0 + Double(x[row * inputs + $1]) * Double(weights[output * inputs + $1])
        }
        let expected = max(sum, 0) + Double(residual[row * outputs + output])
        // 37 steps whose sums stay below 16, each rounded by at most 2⁻²¹.
        #expect(abs(Double(y[row * outputs + output]) - expected) < 37 * 0x1p-21)
      }
    }
  }

  @Test func aPartOfAMatrixServesAsInput() {
    var random = TestRandom(seed: 3)
    let engine = Engine(threads: 2)
    let wide = engine.matrix(7, 50, random.floats(350))
    let layer = Self.layer(random.floats(20 * 33), nil, inputs: 20, outputs: 33, engine)
    let part = wide.columns(10..<30)
    let whole = engine.linear(engine.matrix(7, 20, part.floats), layer).floats
    #expect(sameBits(engine.linear(part, layer).floats, whole))
    #expect(!sameBits(engine.linear(wide.columns(11..<31), layer).floats, whole))
  }

  @Test func weightsCanBeReadBack() {
    var random = TestRandom(seed: 4)
    let weights = random.floats(70 * 9)
    let layer = Self.layer(weights, nil, inputs: 9, outputs: 70, Engine(threads: 2))
    for output in [0, 31, 32, 69] {
      var row = [Float](repeating: 0, count: 9)
      layer.copyWeights(of: output, to: &row)
      #expect(row == Array(weights[output * 9..<(output + 1) * 9]))
    }
  }

  @Test func nothingInGivesNothingOut() {
    let engine = Engine(threads: 2)
    let layer = Self.layer([1, 2, 3], [5], inputs: 3, outputs: 1, engine)
    #expect(engine.linear(engine.matrix(0, 3), layer).floats.isEmpty)
    let constant = Self.layer([], [5, 6], inputs: 0, outputs: 2, engine)
    #expect(engine.linear(engine.matrix(2, 0), constant).floats == [5, 6, 5, 6])
    let none = Self.layer([], nil, inputs: 3, outputs: 0, engine)
    #expect(engine.linear(engine.matrix(2, 3, [1, 2, 3, 4, 5, 6]), none).floats.isEmpty)
  }

  struct Unreadable: Error, Equatable { let output: Int }

  @Test(arguments: [1, 2]) func aFailureOfTheSourceIsPassedOn(_ threads: Int) {
    let engine = Engine(threads: threads)
    #expect(throws: Unreadable(output: 64)) {
      _ = try Linear(inputs: 2, outputs: 200, bias: nil, engine: engine) { rows, memory in
        if rows.contains(64) { throw Unreadable(output: 64) }
        memory.update(repeating: 0, count: rows.count * 2)
      }
    }
  }
}
