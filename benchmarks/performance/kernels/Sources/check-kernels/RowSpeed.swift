import CTensors
import Foundation
import Tensors

/// Prints what kernels over rows take for a number, in nanoseconds, for all bodies, on one thread.
func printRowSpeed(isQuick: Bool) {
  let seconds = isQuick ? 0.01 : 0.05
  let bodies = [("scalar", CTENSORS_SCALAR)] + vectorBodies
  print("ns per number, 1 thread" + bodies.map { columns($0.0) }.joined())
  for speed in rowSpeeds {
    let times = bodies.map { name, body in
      let time = speed.time(body, name == "scalar" ? 0 : seconds)
      return columns(String(format: "%.3f", time * 1e9 / Double(speed.count)))
    }
    let name = speed.name.padding(toLength: 23, withPad: " ", startingAt: 0)
    print(name + times.joined())
  }
  print("")
}

private func columns(_ text: String) -> String {
  String(repeating: " ", count: max(1, 10 - text.count)) + text
}

private struct RowSpeed: Sendable {
  let name: String
  /// How many numbers.
  let count: Int
  /// Processor time of one run.
  let time: @Sendable (ctensors_body, _ seconds: Double) -> Double
}

/// A kernel that works in place; each run begins with the same numbers, of which it may use some as
/// its input and the others for its output: then only as many are counted.
private func inPlace(
  _ name: String, rows: Int, width: Int, counted: Int? = nil,
  _ run: @escaping @Sendable (ctensors_body, UnsafeMutablePointer<Float>) -> Void
) -> RowSpeed {
  let count = rows * width
  return RowSpeed(name: name, count: counted ?? count) { body, seconds in
    var random = Random(seed: 3)
    let (start, engine) = (random.floats(count, 4), Engine(threads: 1))
    let x = engine.matrix(rows, width)
    return x.withPointer { x in
      best(seconds: seconds, prepare: { x.update(from: start, count: count) }) { run(body, x) }
        .processor
    }
  }
}

private let rowSpeeds = [
  inPlace("softmax 577 x 577", rows: 577, width: 577) { body, x in
    var sums = [Float](repeating: 0, count: 577)
    ctensors_exponentials(body, 577, 577, 0.125, x, 577, &sums)
    ctensors_divide_rows(body, 577, 577, sums, x, 577)
  },
  inPlace("layer norm 577 x 768", rows: 577, width: 768) { body, x in
    let ones = [Float](repeating: 1, count: 768)
    ctensors_layer_norm(body, 577, 768, x, 768, ones, ones, 1e-5, x, 768)
  },
  inPlace("GELU", rows: 577, width: 768) { body, x in
    ctensors_activate(body, 577, 768, CTENSORS_GELU, x, 768)
  },
  inPlace("QuickGELU", rows: 577, width: 768) { body, x in
    ctensors_activate(body, 577, 768, CTENSORS_QUICK_GELU, x, 768)
  },
  inPlace("log probabilities", rows: 5, width: 30_522) { body, x in
    ctensors_log_probabilities(body, 5, 30_522, x, 30_522, x, 30_522)
  },
  inPlace("add", rows: 2, width: 200_000, counted: 200_000) { body, x in
    ctensors_add(body, 200_000, x, x + 200_000)
  },
  // Numbers of the keys and of the values, of twelve heads of 64 channels.
  inPlace("attend rows, 24 of them", rows: 48, width: 768) { body, x in
    var (scores, output) = ([Float](repeating: 0, count: 24), [Float](repeating: 0, count: 768))
    ctensors_attend_rows(
      body, 12, 64, 0.125, x, x, 768, x + 24 * 768, 768, (0..<24).map { UInt32($0) }, 24, &scores,
      &output)
  },
  inPlace("all finite", rows: 577, width: 768) { body, x in
    _ = ctensors_all_finite(body, 577 * 768, x)
  },
  inPlace("float16 to float32", rows: 3, width: 200_000, counted: 200_000) { body, x in
    ctensors_convert(body, CTENSORS_FLOAT16, 200_000, x, x + 200_000)
  },
  inPlace("bfloat16 to float32", rows: 3, width: 200_000, counted: 200_000) { body, x in
    ctensors_convert(body, CTENSORS_BFLOAT16, 200_000, x, x + 200_000)
  },
  inPlace("float64 to float32", rows: 3, width: 200_000, counted: 200_000) { body, x in
    ctensors_convert(body, CTENSORS_FLOAT64, 200_000, x, x + 400_000)
  },
]
