import Foundation
import Models
import Records
import Tensors

// run-tasks TASK NAME CHECKPOINT VOCABULARY
//
// Loads a model for one task and does it once, over made pictures at the size that its protocol
// states: how long each part takes and how much memory the process had at most.

@main
enum RunTasks {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 4, let task = words.first.flatMap(ModelTask.init) else {
      let names = ModelTask.allCases.map(\.rawValue).joined(separator: "|")
      fail("usage: run-tasks \(names) NAME CHECKPOINT VOCABULARY", 64)
    }
    let rest = Array(words.dropFirst())
    do {
      var run = try TaskRun(task, name: rest[0], checkpoint: rest[1], vocabulary: rest[2])
      print(try run.line())
    } catch {
      fail("\(task.rawValue): \(error)", 65)
    }
  }

  private static func fail(_ message: String, _ status: Int32) -> Never {
    FileHandle.standardError.write(Data("run-tasks: \(message)\n".utf8))
    exit(status)
  }
}
