import Foundation
import Tensors

// check-kernels [--trials N] [--no-speed] [--quick] [--rows N]
//
// Compares every kernel of every instruction set with the scalar one, bit by bit, over edge shapes and N
// (300) random ones each, and prints what differs; then the time that kernels over rows take, the FMA
// peak of this processor and how much of it products and attention reach, and the same products by
// OpenBLAS where that is installed. Ends with 1 when anything differs. Other programs on the processors
// make figures smaller: each is the best of several short runs, the peak one of the same seconds.
// --rows: only products of so many rows, and no other speeds.

let arguments = CommandLine.arguments
func number(after option: String) -> Int? {
  guard let place = arguments.firstIndex(of: option), place + 1 < arguments.count else {
    return nil
  }
  return Int(arguments[place + 1])
}
let trials = number(after: "--trials") ?? 300

let sets = InstructionSet.allCases.filter(\.isAvailable)
print("instruction sets: \(sets.map(\.rawValue).joined(separator: ", "))")
var differences = 0
for kernel in allKernels {
  differences += compare(kernel, trials: trials)
}
guard differences == 0 else {
  print("\(differences) comparisons failed")
  exit(1)
}
print("all bodies give the same bits\n")
if !arguments.contains("--no-speed") {
  let rows = number(after: "--rows")
  if rows == nil { printRowSpeed(isQuick: arguments.contains("--quick")) }
  printSpeed(isQuick: arguments.contains("--quick"), rows: rows)
}
