import CTensors
import TestSupport
import Testing

/// Products of every body against the scalar one, to the bit.
@Suite struct ProductTests {
  static let bodies = [CTENSORS_AVX2, CTENSORS_AVX512].filter { ctensors_has($0) }

  /// What a product reads, made of random numbers.
  struct Operands {
    let (m, n, k): (Int, Int, Int)
    let (aStride, cStride): (Int, Int)
    var a: [Float]
    let weights: [Float]
    let bias: [Float]?
    let residual: [Float]
    let hasResidual: Bool
    let isInPlace: Bool
    let activation: ctensors_activation

    init(_ m: Int, _ n: Int, _ k: Int, _ random: inout TestRandom) {
      (self.m, self.n, self.k) = (m, n, k)
      aStride = k + random.below(4)
      cStride = n + random.below(4)
      a = random.floats(m * aStride)
      weights = random.floats(n * k)
      bias = random.below(2) == 0 ? nil : random.floats(n)
      residual = random.floats(m * cStride)
      hasResidual = random.below(3) > 0
      isInPlace = random.below(2) == 0
      activation = ctensors_activation(UInt32(random.below(4)))
    }

    /// All of c, what lies between its rows included.
    func product(_ body: ctensors_body) -> [Float] {
      var c = isInPlace ? residual : [Float](repeating: 7, count: residual.count)
      let panels = packed(weights, n, k, body)
      withPointers(bias) { bias in
        c.withUnsafeMutableBufferPointer { c in
          var product = ctensors_product()
          (product.m, product.n, product.k) = (m, n, k)
          (product.a_stride, product.c_stride, product.residual_stride) =
            (aStride, cStride, cStride)
          product.bias = bias
          product.activation = activation
          product.c = c.baseAddress
          a.withUnsafeBufferPointer { a in
            panels.withUnsafeBufferPointer { panels in
              residual.withUnsafeBufferPointer { residual in
                product.a = a.baseAddress
                product.panels = panels.baseAddress
                if hasResidual {
                  product.residual =
                    isInPlace ? UnsafePointer(c.baseAddress) : residual.baseAddress
                }
                ctensors_multiply(body, &product)
              }
            }
          }
        }
      }
      return c
    }
  }

  @Test func everyBodyGivesTheBitsOfTheScalarOne() {
    var random = TestRandom(seed: 1)
    for m in [0, 1, 2, 5, 6, 7, 11, 12, 13, 25] {
      for n in [0, 1, 31, 32, 33, 64, 100] {
        for k in [0, 1, 7, 64, 100, 257] {
          let operands = Operands(m, n, k, &random)
          let truth = operands.product(CTENSORS_SCALAR)
          for body in Self.bodies {
            #expect(
              sameBits(operands.product(body), truth), "\(body), \(m) x \(n) x \(k)")
          }
        }
      }
    }
  }

  /// Several blocks of rows and of k, and a panel that is not full.
  @Test(arguments: [(577, 40, 70), (200, 33, 1100), (61, 100, 600)])
  func blocksDoNotShow(_ m: Int, _ n: Int, _ k: Int) {
    var random = TestRandom(seed: 2)
    let operands = Operands(m, n, k, &random)
    let truth = operands.product(CTENSORS_SCALAR)
    for body in Self.bodies { #expect(sameBits(operands.product(body), truth), "\(body)") }
  }

  @Test func theScalarOneIsOneFusedStepAfterAnother() {
    var random = TestRandom(seed: 3)
    for _ in 0..<40 {
      let operands = Operands(3, 40, 1 + random.below(50), &random)
      guard operands.activation == CTENSORS_IDENTITY else { continue }
      let c = operands.product(CTENSORS_SCALAR)
      for row in 0..<operands.m {
        for column in 0..<operands.n {
          var sum = operands.bias?[column] ?? 0
          for i in 0..<operands.k {
            sum.addProduct(
              operands.a[row * operands.aStride + i], operands.weights[column * operands.k + i])
          }
          let place = row * operands.cStride + column
          if operands.hasResidual { sum += operands.residual[place] }
          #expect(c[place].bitPattern == sum.bitPattern)
        }
      }
    }
  }

  @Test func anotherNumberChangesTheProduct() {
    var random = TestRandom(seed: 4)
    for body in Self.bodies + [CTENSORS_SCALAR] {
      var operands = Operands(13, 33, 64, &random)
      let before = operands.product(body)
      operands.a[12 * operands.aStride + 63] += 1
      #expect(!sameBits(operands.product(body), before))
    }
  }

  @Test func bothWaysOfPackingAgree() {
    var random = TestRandom(seed: 5)
    for n in [1, 7, 8, 31, 32, 33, 63, 100] {
      for k in [1, 7, 8, 9, 64, 65] {
        let (rowStride, columnStride) = (k + random.below(3), n + random.below(3))
        let rows = random.floats(n * rowStride)
        var columns = random.floats(k * columnStride)
        for i in 0..<n {
          for j in 0..<k { columns[j * columnStride + i] = rows[i * rowStride + j] }
        }
        let truth = packed(rows, n, k, CTENSORS_SCALAR, stride: rowStride)
        for (i, value) in truth.enumerated() {
          let (row, column) = (i / (32 * k) * 32 + i % 32, i % (32 * k) / 32)
          #expect(value == (row < n ? rows[row * rowStride + column] : 0))
        }
        for body in Self.bodies + [CTENSORS_SCALAR] {
          #expect(packed(rows, n, k, body, stride: rowStride) == truth)
          var panels = [Float](repeating: 7, count: truth.count)
          ctensors_pack_columns(body, n, k, columns, columnStride, &panels)
          #expect(panels == truth)
        }
      }
    }
  }
}

/// Whether the numbers are the same, NaN and the sign of zero included.
func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern }
}

private func withPointers(_ floats: [Float]?, _ body: (UnsafePointer<Float>?) -> Void) {
  guard let floats else { return body(nil) }
  floats.withUnsafeBufferPointer { body($0.baseAddress) }
}

private func packed(
  _ rows: [Float], _ n: Int, _ k: Int, _ body: ctensors_body, stride: Int? = nil
) -> [Float] {
  var panels = [Float](repeating: 7, count: (n + 31) / 32 * 32 * k)
  ctensors_pack(body, n, k, rows, stride ?? k, &panels)
  return panels
}

extension TestRandom {
  /// Numbers from −1 to 1.
  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(below(2_000_001) - 1_000_000) / 1_000_000 }
  }
}
