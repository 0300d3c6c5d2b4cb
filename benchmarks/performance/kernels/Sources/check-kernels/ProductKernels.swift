import CTensors

/// Products and packing.
let productKernels = [
  Kernel(
    name: "multiply",
    edges: [0, 1, 2, 6, 7, 11, 12, 13, 193].flatMap { m in
      [0, 1, 31, 32, 33, 100].flatMap { n in [0, 1, 7, 64, 257].map { [m, n, $0] } }
    },
    largest: [60, 150, 600]
  ) { body, shape, random in
    let (m, n, k) = (shape[0], shape[1], shape[2])
    let (aStride, cStride) = (k + random.below(4), n + random.below(4))
    let panels = packed(random.floats(n * k), n, k, body)
    let a = random.floats(m * aStride)
    let bias = random.floats(n)
    let residual = random.floats(m * cStride)
    let (hasBias, hasResidual, isInPlace) =
      (random.below(2) == 0, random.below(2) == 0, random.below(2) == 0)
    let activation = ctensors_activation(UInt32(random.below(4)))
    var c = residual
    c.withUnsafeMutableBufferPointer { c in
      a.withUnsafeBufferPointer { a in
        panels.withUnsafeBufferPointer { panels in
          bias.withUnsafeBufferPointer { bias in
            residual.withUnsafeBufferPointer { residual in
              var product = ctensors_product()
              (product.m, product.n, product.k) = (m, n, k)
              (product.a, product.a_stride) = (a.baseAddress, aStride)
              product.panels = panels.baseAddress
              product.bias = hasBias ? bias.baseAddress : nil
              if hasResidual {
                product.residual = isInPlace ? UnsafePointer(c.baseAddress) : residual.baseAddress
              }
              product.residual_stride = cStride
              product.activation = activation
              (product.c, product.c_stride) = (c.baseAddress, cStride)
              ctensors_multiply(body, &product)
            }
          }
        }
      }
    }
    return c
  },
  Kernel(
    name: "pack", edges: [[0, 5], [5, 0], [1, 1], [8, 8], [31, 9], [33, 7], [64, 64]],
    largest: [130, 90]
  ) { body, shape, random in
    packed(
      random.floats(shape[0] * (shape[1] + 2)), shape[0], shape[1], body, stride: shape[1] + 2)
  },
  Kernel(
    name: "pack_columns", edges: [[0, 5], [5, 0], [1, 1], [31, 9], [33, 7], [64, 64]],
    largest: [130, 90]
  ) { body, shape, random in
    let (n, k) = (shape[0], shape[1])
    var panels = [Float](repeating: 7, count: (n + 31) / 32 * 32 * k)
    ctensors_pack_columns(body, n, k, random.floats(k * (n + 2)), n + 2, &panels)
    return panels
  },
]

func packed(
  _ rows: [Float], _ n: Int, _ k: Int, _ body: ctensors_body, stride: Int? = nil
) -> [Float] {
  var panels = [Float](repeating: 7, count: (n + 31) / 32 * 32 * k)
  ctensors_pack(body, n, k, rows, stride ?? k, &panels)
  return panels
}
