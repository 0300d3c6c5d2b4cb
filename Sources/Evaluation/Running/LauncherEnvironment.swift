/// Which part of a run a process is, from what the launcher that started it put into its environment.
///
/// The innermost launcher that numbers processes counts: `torchrun`, then MPI's, then `srun`; outer
/// ones only carried it to its machine. The tasks of a Slurm array multiply with it, since each starts
/// processes of its own. An indexed Job of Kubernetes says which pod this is and not of how many: its
/// manifest does, as `MPLUG_EVAL_SHARDS`.
///
/// Source: sbatch(1) and srun(1) of Slurm 22.05, Open MPI 5.0 ("Environment variables set for MPI
/// applications"), PyTorch ("torchrun"), MPICH's Hydra, Kubernetes ("Indexed Job for Parallel Processing
/// with Static Work Assignment"); and what Slurm 22.05 and Open MPI 4.1 were seen to set.
package enum LauncherEnvironment {
  /// Where a manifest says of how many pods an indexed Job consists.
  package static let total = "MPLUG_EVAL_SHARDS"

  /// The part; nil where no launcher's variables are set.
  ///
  /// - Throws: `LauncherError` where variables contradict each other, or do not suffice.
  package static func shard(from environment: [String: String]) throws -> Shard? {
    let variables = Variables(environment.filter { !$0.value.isEmpty })
    let process = try rank(variables)
    let task = try arrayTask(variables)
    let pod = try pod(variables, hasRank: process != nil || task != nil)
    if let pod {
      guard let other = process ?? task else { return pod.shard }
      guard other.shard == pod.shard else { throw LauncherError.contradiction(pod, other) }
      return pod.shard
    }
    switch (task, process) {
    case (nil, nil): return variables["SLURM_JOB_ID"] == nil ? nil : .whole
    case (let task?, nil): return task.shard
    case (nil, let process?): return process.shard
    case (let task?, let process?):
      let (count, overflows) = task.count.multipliedReportingOverflow(by: process.count)
      guard !overflows else { throw LauncherError.contradiction(task, process) }
      return Shard(index: task.place * process.count + process.place + 1, of: count)
    }
  }

  /// The number of this process among those of the innermost launcher.
  private static func rank(_ variables: Variables) throws -> Claim? {
    let torch = try variables.claim("RANK", "WORLD_SIZE")
    // torchrun itself says so; the two variables alone may be anybody's.
    if let torch, variables["TORCHELASTIC_RUN_ID"] != nil { return torch }
    let launched =
      try variables.claim("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE")
      ?? variables.claim("PMI_RANK", "PMI_SIZE") ?? step(variables)
    guard let torch, let launched else { return torch ?? launched }
    guard torch.shard == launched.shard else { throw LauncherError.contradiction(torch, launched) }
    return launched
  }

  /// The task of a job step. A batch script has a number and a count too, those of the job, but is
  /// one process, however many tasks the job has: only a step has `SLURM_STEP_NUM_TASKS`.
  private static func step(_ variables: Variables) throws -> Claim? {
    guard variables["SLURM_STEP_NUM_TASKS"] != nil else { return nil }
    return try variables.claim("SLURM_PROCID", "SLURM_STEP_NUM_TASKS")
  }

  /// The task of a Slurm array, whose numbers begin anywhere and may be steps apart.
  private static func arrayTask(_ variables: Variables) throws -> Claim? {
    guard variables["SLURM_ARRAY_TASK_ID"] != nil else { return nil }
    let id = try variables.number("SLURM_ARRAY_TASK_ID")
    let first = try variables.number("SLURM_ARRAY_TASK_MIN")
    let last = try variables.number("SLURM_ARRAY_TASK_MAX")
    let step =
      variables["SLURM_ARRAY_TASK_STEP"] == nil
      ? 1 : max(1, try variables.number("SLURM_ARRAY_TASK_STEP"))
    guard first <= id, id <= last, (id - first) % step == 0, (last - first) % step == 0 else {
      throw LauncherError.unusable(
        "SLURM_ARRAY_TASK_ID=\(id) is none of \(first) to \(last) in steps of \(step)",
        remedy: "give --shard I/N")
    }
    let count = (last - first) / step + 1
    if variables["SLURM_ARRAY_TASK_COUNT"] != nil {
      let stated = try variables.number("SLURM_ARRAY_TASK_COUNT")
      guard stated == count else {
        throw LauncherError.unusable(
          "the array has \(stated) tasks, and its numbers \(first) to \(last) have gaps",
          remedy: "submit it as --array=0-\(max(0, stated - 1)), or give --shard I/N")
      }
    }
    return Claim(
      says: "SLURM_ARRAY_TASK_ID=\(id) of \(count)", place: (id - first) / step, count: count)
  }

  /// The pod of an indexed Job.
  private static func pod(_ variables: Variables, hasRank: Bool) throws -> Claim? {
    guard variables["JOB_COMPLETION_INDEX"] != nil else { return nil }
    if variables[total] == nil {
      // Several pods may be one launcher's, which then numbers the processes of all.
      if hasRank { return nil }
      throw LauncherError.unusable(
        "JOB_COMPLETION_INDEX is set and \(total) is not",
        remedy: "set \(total) to the Job's completions in its manifest")
    }
    return try variables.claim("JOB_COMPLETION_INDEX", total)
  }
}

/// What a launcher says of this process.
struct Claim {
  /// For messages.
  let says: String
  /// Which it is, from 0.
  let place: Int
  /// Of how many.
  let count: Int

  var shard: Shard { Shard(index: place + 1, of: count) }
}

/// The environment, without variables that are empty.
private struct Variables {
  private let values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  subscript(name: String) -> String? { values[name] }

  /// A number, 0 or more.
  func number(_ name: String) throws -> Int {
    guard let text = values[name] else {
      throw LauncherError.unusable(
        "\(name) is not set and others of its launcher are", remedy: "give --shard I/N")
    }
    guard let number = Int(text), number >= 0 else {
      throw LauncherError.unusable("\(name)=\(text) is no number", remedy: "give --shard I/N")
    }
    return number
  }

  /// The process of a number and a count; nil where neither is set.
  func claim(_ place: String, _ count: String) throws -> Claim? {
    guard values[place] != nil || values[count] != nil else { return nil }
    let (index, total) = (try number(place), try number(count))
    let says = "\(place)=\(index) with \(count)=\(total)"
    guard index < total else {
      throw LauncherError.unusable(
        "\(says): numbers go from 0 to one less than the count", remedy: "give --shard I/N")
    }
    return Claim(says: says, place: index, count: total)
  }
}

/// Why the environment does not say which part a process is.
package enum LauncherError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Variables that do not suffice, or make no sense.
  case unusable(_ what: String, remedy: String)
  /// Two launchers that say different things.
  case contradictory(_ first: String, _ second: String)

  static func contradiction(_ first: Claim, _ second: Claim) -> LauncherError {
    .contradictory(first.says, second.says)
  }

  /// One line: what, where, how to mend it.
  package var description: String {
    switch self {
    case .unusable(let what, let remedy): "--shard auto: \(what); \(remedy)"
    case .contradictory(let first, let second):
      "--shard auto: \(first) contradicts \(second); unset those that do not count, or give "
        + "--shard I/N"
    }
  }
}
