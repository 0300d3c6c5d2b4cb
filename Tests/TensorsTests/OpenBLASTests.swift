import Tensors
import TestSupport
import Testing

/// The library's products against ours; nothing to check where it is not installed.
@Suite struct OpenBLASTests {
  static let library = try? OpenBLAS()

  /// The largest difference of two results that ought to agree to rounding.
  func difference(_ a: Matrix, _ b: Matrix) -> Float {
    zip(a.floats, b.floats).reduce(0) { largest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(largest, difference)
    }
  }

  @Test(.enabled(if: library != nil, "libopenblas0 is not installed"), arguments: [1, 3])
  func layersAgreeToRounding(threads: Int) throws {
    let ours = Engine(threads: threads)
    let theirs = Engine(threads: threads, products: .openBLAS(try #require(Self.library)))
    var random = TestRandom(seed: 1)
    for (rows, inputs, outputs) in [(1, 300, 70), (30, 96, 200), (300, 40, 97), (3, 0, 5)] {
      let (weights, bias) = (random.floats(inputs * outputs), random.floats(outputs))
      let x = ours.matrix(rows, inputs, random.floats(rows * inputs))
      let residual = ours.matrix(rows, outputs, random.floats(rows * outputs))
      for activation in Activation.allCases {
        for bias in [bias, nil] {
          func result(_ engine: Engine, _ weights: [Float]) -> Matrix {
            let layer = LinearTests.layer(weights, bias, inputs: inputs, outputs: outputs, engine)
            return engine.linear(x, layer, activation: activation, residual: residual)
          }
          let truth = result(ours, weights)
          // Sums of up to 300 products that stay below 32, each step rounded by at most 2⁻²⁰.
          #expect(difference(result(theirs, weights), truth) < 1e-4)
          if inputs > 0 && activation == .identity {
            var changed = weights
            changed[inputs * outputs - 1] += 0.5
            #expect(difference(result(theirs, changed), truth) > 1e-4)
          }
        }
      }
    }
  }

  @Test(.enabled(if: library != nil, "libopenblas0 is not installed"))
  func attentionAgreesToRounding() throws {
    let ours = Engine(threads: 2)
    let theirs = Engine(threads: 2, products: .openBLAS(try #require(Self.library)))
    var random = TestRandom(seed: 2)
    let (heads, depth) = (3, 20)
    let width = heads * depth
    let queries = ours.matrix(110, width, random.floats(110 * width))
    let keys = ours.matrix(70, width, random.floats(70 * width))
    let values = ours.matrix(70, width, random.floats(70 * width))
    func result(_ engine: Engine, _ rows: [Int]) -> Matrix {
      let memories = engine.memories(
        keys: keys, values: values, sequences: [rows, [3]], heads: heads)
      return engine.attention(
        queries,
        [
          AttentionGroup(queries: 0..<100, memory: memories[0]),
          AttentionGroup(queries: 100..<110, memory: memories[1]),
        ])
    }
    let rows = (0..<70).filter { $0 % 5 != 2 }
    let truth = result(ours, rows)
    #expect(difference(result(theirs, rows), truth) < 1e-5)
    #expect(difference(result(theirs, rows.dropLast()), truth) > 1e-5)
  }

  @Test(.enabled(if: library != nil, "libopenblas0 is not installed"))
  func weightsCanBeReadBack() throws {
    let engine = Engine(products: .openBLAS(try #require(Self.library)))
    var random = TestRandom(seed: 3)
    let weights = random.floats(70 * 9)
    let layer = LinearTests.layer(weights, nil, inputs: 9, outputs: 70, engine)
    var row = [Float](repeating: 0, count: 9)
    layer.copyWeights(of: 69, to: &row)
    #expect(row == Array(weights[69 * 9..<70 * 9]))
  }

  @Test(.enabled(if: library != nil, "libopenblas0 is not installed"))
  func itSaysWhatItIs() throws {
    let library = try #require(Self.library)
    #expect(library.configuration.hasPrefix("OpenBLAS"))
    #expect(!library.core.isEmpty)
  }

  @Test func aMissingLibraryNamesTheRemedy() {
    let error = OpenBLASError.notFound(reason: "libopenblas.so.0: no such file")
    #expect("\(error)".contains("libopenblas.so.0: no such file"))
    #expect("\(error)".contains("apt-get install libopenblas0"))
  }

  @Test func namesOfMakers() throws {
    guard case .kernels = try ProductMaker(named: "kernels") else {
      Issue.record("kernels are others")
      return
    }
    #expect(throws: OpenBLASError.unknownName("mkl")) { try ProductMaker(named: "mkl") }
    let error = OpenBLASError.unknownName("mkl")
    #expect("\(error)" == "unknown maker of products \"mkl\"; take kernels or openblas")
  }
}
