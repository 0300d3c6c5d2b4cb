import CTensors

/// What works on rows and on single numbers.
let rowKernels = [
  Kernel(name: "exponentials", edges: rowEdges, largest: [5, 700]) { body, shape, random in
    let (rows, n, stride) = (shape[0], shape[1], shape[1] + 3)
    let scale = random.floats(1)[0]
    var x = random.floats(rows * stride, 40)
    var sums = [Float](repeating: 7, count: rows + 1)
    ctensors_exponentials(body, rows, n, scale, &x, stride, &sums)
    return x + sums
  },
  Kernel(name: "divide_rows", edges: rowEdges, largest: [5, 100]) { body, shape, random in
    let (rows, n, stride) = (shape[0], shape[1], shape[1] + 3)
    var x = random.floats(rows * stride)
    ctensors_divide_rows(body, rows, n, random.floats(rows), &x, stride)
    return x
  },
  Kernel(name: "layer_norm", edges: rowEdges, largest: [5, 1100]) { body, shape, random in
    let (rows, n, stride) = (shape[0], shape[1], shape[1] + 3)
    var y = [Float](repeating: 7, count: rows * stride)
    ctensors_layer_norm(
      body, rows, n, random.floats(rows * stride, 5), stride, random.floats(n), random.floats(n),
      1e-12, &y, stride)
    return y
  },
  Kernel(name: "log_probabilities", edges: rowEdges, largest: [3, 1100]) { body, shape, random in
    let (rows, n, stride) = (shape[0], shape[1], shape[1] + 3)
    var y = [Float](repeating: 7, count: rows * stride)
    ctensors_log_probabilities(
      body, rows, n, random.floats(rows * stride, 60), stride, &y, stride)
    return y
  },
  Kernel(
    name: "activate",
    edges: rowEdges.flatMap { shape in (0..<4).map { shape + [$0] } }, largest: [5, 100, 3]
  ) { body, shape, random in
    let (rows, n, stride) = (shape[0], shape[1], shape[1] + 3)
    var x = random.floats(rows * stride, 12)
    ctensors_activate(body, rows, n, ctensors_activation(UInt32(shape[2])), &x, stride)
    return x
  },
  Kernel(name: "add", edges: countEdges, largest: [200]) { body, shape, random in
    var y = random.floats(shape[0] + 3)
    ctensors_add(body, shape[0], random.floats(shape[0]), &y)
    return y
  },
  Kernel(name: "dot", edges: countEdges, largest: [300]) { body, shape, random in
    [ctensors_dot(body, shape[0], random.floats(shape[0]), random.floats(shape[0]))]
  },
  Kernel(
    name: "attend_rows", edges: [[1, 1, 1], [3, 20, 17], [12, 64, 33]], largest: [4, 70, 60]
  ) { body, shape, random in
    let (heads, depth, count) = (shape[0], shape[1], max(shape[2], 1))
    let (width, total) = (heads * depth, count + 5)
    let rows = (0..<count).map { _ in UInt32(random.below(total)) }
    var scratch = [Float](repeating: 7, count: count)
    var output = [Float](repeating: 7, count: width + 3)
    ctensors_attend_rows(
      body, heads, depth, 0.3, random.floats(width, 3), random.floats(total * width), width,
      random.floats(total * width), width, rows, count, &scratch, &output)
    return output
  },
  Kernel(
    name: "convert", edges: countEdges.flatMap { shape in (0..<10).map { shape + [$0] } },
    largest: [200, 9]
  ) { body, shape, random in
    let (count, element) = (shape[0], ctensors_element(UInt32(shape[1])))
    // At an odd address. Bits of a NaN are not compared.
    let bytes = (0...8 * count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    var floats = [Float](repeating: 7, count: count + 3)
    bytes.withUnsafeBytes { bytes in
      ctensors_convert(body, element, count, bytes.baseAddress.map { $0 + 1 }, &floats)
    }
    return floats.map { $0.isNaN ? .nan : $0 }
  },
  Kernel(name: "all_finite", edges: countEdges, largest: [3000]) { body, shape, random in
    var x = random.floats(shape[0])
    if shape[0] > 0 && random.below(2) == 0 { x[random.below(shape[0])] = .infinity }
    return [ctensors_all_finite(body, shape[0], x) ? 1 : 0]
  },
]

private let countEdges = [0, 1, 15, 16, 17, 31, 32, 33, 100].map { [$0] }
private let rowEdges = [0, 1, 3].flatMap { rows in countEdges.map { [rows] + $0 } }

/// Every kernel that is compared.
let allKernels = productKernels + rowKernels
