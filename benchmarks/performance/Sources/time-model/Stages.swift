import CPeak
import Dispatch
import Foundation
import Tensors

/// Seconds by stage.
struct Stages {
  let repetitions: Int
  private(set) var seconds: [String: [Double]] = [:]

  init(repetitions: Int) { self.repetitions = repetitions }

  /// Times one run.
  mutating func once<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let started = clock.now
    let result = try work()
    add(name, clock.now - started)
    return result
  }

  /// Times several runs after one that is not counted.
  mutating func several<Result>(
    _ name: String, times: Int = 1, _ work: () throws -> Result
  ) rethrows -> Result {
    var result = try work()
    for _ in 0..<repetitions * times { result = try once(name, work) }
    return result
  }

  mutating func add(_ name: String, _ duration: Duration) {
    let (whole, fraction) = duration.components
    seconds[name, default: []].append(Double(whole) + Double(fraction) * 1e-18)
  }
}

/// What the system says about this process, in MiB.
enum Memory {
  /// The most that was resident.
  static var peak: Double { value(of: "VmHWM:") }
  /// What is resident and no file.
  static var own: Double { value(of: "RssAnon:") }

  private static func value(of name: String) -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return Double(line?.split(separator: " ").dropFirst().first.map { String($0) } ?? "").map {
      $0 / 1024
    } ?? 0
  }
}

/// The floating-point operations per second that fused multiply-adds over registers alone reach: the best
/// of several runs of some milliseconds, in billions. 0 where nothing measures them.
func peakSpeed(_ engine: Engine) -> Double {
  guard engine.instructionSet != .scalar else { return 0 }
  let loop = engine.instructionSet == .avx512 ? peak_avx512 : peak_avx2
  let steps = 300_000
  let operations = loop(1) * Double(steps * engine.threads)
  let clock = ContinuousClock()
  return (0..<20).reduce(0) { best, _ in
    let time = clock.measure {
      DispatchQueue.concurrentPerform(iterations: engine.threads) { _ in _ = loop(steps) }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    return max(best, operations / seconds / 1e9)
  }
}
