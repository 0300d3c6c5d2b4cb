import Records

extension RunRecord {
  /// What the reference files lack of the official set, or have beyond it, a sentence each.
  var shortfalls: [String] {
    problems.filter { $0.code == "official_count" }.map { problem in
      problem.message.prefix(1).uppercased() + problem.message.dropFirst() + "."
    }
  }
}
