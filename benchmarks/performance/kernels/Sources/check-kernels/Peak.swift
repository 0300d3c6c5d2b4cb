import CPeak
import Dispatch
import Foundation
import Tensors

/// How long one run took at best: by the clock, and as the time that it had processors for. Where other
/// programs run, the second one says what the code is worth.
struct RunTime {
  var clock = Double.infinity
  var processor = Double.infinity
}

/// The best of runs of a function that take so many seconds together, three at least.
///
/// - Parameter prepare: What precedes each run, outside of its time.
func best(seconds: Double, prepare: () -> Void = {}, _ run: () -> Void) -> RunTime {
  func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  var (least, spent, runs) = (RunTime(), 0.0, 0)
  while spent < seconds || runs < 3 {
    prepare()
    let (clock, processor) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
    run()
    let time = now(CLOCK_MONOTONIC) - clock
    least.clock = min(least.clock, time)
    least.processor = min(least.processor, now(CLOCK_PROCESS_CPUTIME_ID) - processor)
    spent += time
    runs += 1
  }
  return least
}

/// Floating-point operations per second of fused multiply-adds in registers; 0 where nothing measures
/// them.
func peak(_ set: InstructionSet, threads: Int) -> Double {
  guard set != .scalar else { return 0 }
  let loop = set == .avx512 ? peak_avx512 : peak_avx2
  let steps = 300_000
  let operations = loop(1) * Double(steps)
  let time = best(seconds: 0.02) {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in _ = loop(steps) }
  }
  return operations * Double(threads) / time.clock
}

/// Bytes per second that come from memory, not from a cache.
func readBandwidth(threads: Int, _ memory: Matrix) -> Double {
  let part = memory.rows / threads
  let time = best(seconds: 0.1) {
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      _ = peak_read(memory.row(thread * part), part * memory.width)
    }
  }
  return Double(memory.rows * memory.width * 4) / time.clock
}
