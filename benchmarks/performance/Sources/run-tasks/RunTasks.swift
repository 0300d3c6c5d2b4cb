import Foundation
import Models
import Records
import Tensors

// run-tasks TASK NAME CHECKPOINT VOCABULARY [TEXTS]
//
// Loads a model for one task and does it once, over made pictures at the size that its protocol
// states: how long each part takes and how much memory the process had at most. A retrieval compares
// TEXTS texts with a fifth as many pictures or videos, and scores the pairs of two of them.

@main
enum RunTasks {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let texts = words.count == 5 ? words.last.flatMap { Int($0) } : 32
    guard words.count == 4 || words.count == 5, let texts, texts > 0,
      let task = words.first.flatMap(ModelTask.init)
    else {
      let names = ModelTask.allCases.map(\.rawValue).joined(separator: "|")
      fail("usage: run-tasks \(names) NAME CHECKPOINT VOCABULARY [TEXTS]", 64)
    }
    let rest = Array(words.dropFirst())
    do {
      var run = try TaskRun(
        task, name: rest[0], checkpoint: rest[1], vocabulary: rest[2], texts: texts)
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
