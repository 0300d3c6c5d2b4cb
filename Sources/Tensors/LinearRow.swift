import CTensors

extension Linear {
  /// Writes the weights of one output, `[inputs]`: a row of the matrix that was packed.
  package func copyRow(_ output: Int, into memory: UnsafeMutablePointer<Float>) {
    precondition(output >= 0 && output < outputs)
    let width = Int(CTENSORS_PANEL)
    let column = panels.row(output / width) + output % width
    for input in 0..<inputs { memory[input] = column[input * width] }
  }
}
