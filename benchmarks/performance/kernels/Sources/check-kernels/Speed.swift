import CTensors
import Foundation
import Tensors

/// Products with weights `[outputs, inputs]`.
private struct Shape {
  let rows: Int
  let outputs: Int
  let inputs: Int
  let name: String

  var operations: Double { 2 * Double(rows) * Double(outputs) * Double(inputs) }
}

private let imageShapes = [
  Shape(rows: 577, outputs: 768, inputs: 768, name: "ViT-B projection"),
  Shape(rows: 577, outputs: 2304, inputs: 768, name: "ViT-B q, k, v"),
  Shape(rows: 577, outputs: 3072, inputs: 768, name: "ViT-B first of the MLP"),
  Shape(rows: 577, outputs: 768, inputs: 3072, name: "ViT-B second of the MLP"),
  Shape(rows: 577, outputs: 1024, inputs: 1024, name: "ViT-L projection"),
  Shape(rows: 577, outputs: 4096, inputs: 1024, name: "ViT-L first of the MLP"),
  Shape(rows: 577, outputs: 1024, inputs: 4096, name: "ViT-L second of the MLP"),
  Shape(rows: 2308, outputs: 3072, inputs: 768, name: "ViT-B, 4 images"),
]

private let stepShapes = [1, 5, 12, 24, 64].flatMap { rows in
  [
    Shape(rows: rows, outputs: 768, inputs: 768, name: "decoder projection"),
    Shape(rows: rows, outputs: 3072, inputs: 768, name: "decoder MLP"),
    Shape(rows: rows, outputs: 30522, inputs: 768, name: "decoder head"),
  ]
}

/// Prints speeds, for all bodies but the scalar one, with one and with two threads.
///
/// - Parameter rows: Where it is set, only products of so many rows.
func printSpeed(isQuick: Bool, rows: Int?) {
  let seconds = isQuick ? 0.04 : 0.15
  let shapes = (imageShapes + stepShapes).filter { rows == nil || $0.rows == rows }
  for set in InstructionSet.allCases where set.isAvailable && set != .scalar {
    for threads in [1, 2] {
      let engine = Engine(instructionSet: set, threads: threads)
      let read = readBandwidth(threads: threads, memory)
      print(
        String(
          format: "%@, %d thread%@: FMA peak %.0f GFLOP/s, memory %.0f GB/s", set.rawValue,
          threads, threads == 1 ? "" : "s", peak(set, threads: threads) / 1e9, read / 1e9))
      for shape in shapes { printProduct(shape, engine, seconds) }
      guard rows == nil else { continue }
      for (tokens, heads) in [(577, 12), (577, 16), (901, 12)] {
        printAttention(queries: tokens, keys: tokens, heads: heads, engine, seconds)
      }
      printAttention(queries: 5, keys: 577, heads: 12, engine, seconds)
      printAttention(queries: 240, keys: 14_416, heads: 1, engine, seconds)
      print("")
    }
  }
  if rows == nil { printOpenBLAS(seconds) }
}

/// The same products made by OpenBLAS, with the kernels that it chose or was told to choose.
private func printOpenBLAS(_ seconds: Double) {
  let library: OpenBLAS
  do {
    library = try OpenBLAS()
  } catch {
    print("without OpenBLAS: \(error)")
    return
  }
  for threads in [1, 2] {
    let engine = Engine(threads: threads, products: .openBLAS(library))
    print("OpenBLAS, core \(library.core), \(threads) thread\(threads == 1 ? "" : "s")")
    for shape in imageShapes + stepShapes { printProduct(shape, engine, seconds) }
    printAttention(queries: 577, keys: 577, heads: 12, engine, seconds)
    print("")
  }
}

/// Larger than the caches.
private let memory: Matrix = {
  let matrix = Engine(threads: 1).weights(2, 1 << 24)
  for row in 0..<2 { matrix.row(row).update(repeating: 0, count: matrix.width) }
  return matrix
}()

/// Weights of as many layers as no cache holds, one after the other, as a decoder reads them.
private func printProduct(_ shape: Shape, _ engine: Engine, _ seconds: Double) {
  let bytes = (shape.outputs + 31) / 32 * 32 * shape.inputs * 4
  let copies = shape.rows > 64 ? 1 : 128 * (1 << 20) / bytes + 1
  var random = Random(seed: 1)
  let some = random.floats(shape.inputs + 4096)
  let layers = (0..<copies).map { copy in
    Linear(inputs: shape.inputs, outputs: shape.outputs, bias: nil, engine: engine) {
      for row in 0..<$0.count {
        for i in 0..<shape.inputs {
          $1[row * shape.inputs + i] = some[i + (row * 37 + copy) % 4096]
        }
      }
    }
  }
  let x = engine.matrix(
    shape.rows, shape.inputs, random.floats(shape.rows * shape.inputs))
  var time = best(seconds: seconds) { for layer in layers { _ = engine.linear(x, layer) } }
  time.clock /= Double(copies)
  time.processor /= Double(copies)
  print(
    String(format: "  %4d x %5d x %4d ", shape.rows, shape.outputs, shape.inputs)
      + speed(of: shape.operations, time, engine)
      + String(format: ", %5.1f GB/s  ", Double(bytes) / time.clock / 1e9) + shape.name)
}

private func printAttention(
  queries: Int, keys: Int, heads: Int, _ engine: Engine, _ seconds: Double
) {
  var random = Random(seed: 2)
  let width = heads * 64
  let (q, k) = (random.floats(queries * width, 2), random.floats(keys * width, 2))
  let (x, y) = (engine.matrix(queries, width, q), engine.matrix(keys, width, k))
  func memories() -> [KeyValueMemory] {
    engine.memories(keys: y, values: y, sequences: [Array(0..<keys)], heads: heads)
  }
  let memory = memories()
  let operations = 4 * Double(queries) * Double(keys) * Double(width)
  let packing = best(seconds: seconds / 2) { _ = memories() }
  let time = best(seconds: seconds) {
    _ = engine.attention(x, [AttentionGroup(queries: 0..<queries, memory: memory[0])])
  }
  print(
    String(format: "  attention %4d x %5d, %2d heads ", queries, keys, heads)
      + speed(of: operations, time, engine)
      + String(format: ", packing %.3f ms", packing.clock * 1e3))
}

/// Time and speed by the clock, and the share of the peak, by the clock and of the processors' time.
private func speed(of operations: Double, _ time: RunTime, _ engine: Engine) -> String {
  let one = peak(engine.instructionSet, threads: 1)
  let all = engine.threads == 1 ? one : peak(engine.instructionSet, threads: engine.threads)
  return String(
    format: "%9.3f ms %6.1f GFLOP/s, of the peak %5.1f %%, of processors' time %5.1f %%",
    time.clock * 1e3, operations / time.clock / 1e9, 100 * operations / time.clock / all,
    100 * operations / time.processor / one)
}
