import Evaluation
import Testing

/// Environments as launchers make them, and some that none makes.
@Suite struct LauncherEnvironmentTests {
  /// An environment by what made it, and the part that it means.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let variables: [String: String]
    let part: String?

    init(_ name: String, _ part: String?, _ variables: [String: String]) {
      (testDescription, self.part, self.variables) = (name, part, variables)
    }
  }

  static let openMPI = [
    "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_LOCAL_RANK": "1",
    "OMPI_COMM_WORLD_LOCAL_SIZE": "2", "OMPI_COMM_WORLD_NODE_RANK": "1", "OMPI_UNIVERSE_SIZE": "2",
    "PMIX_RANK": "1", "PMIX_NAMESPACE": "1938620417",
  ]
  static let torchrun = [
    "RANK": "5", "WORLD_SIZE": "8", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "4", "GROUP_RANK": "1",
    "GROUP_WORLD_SIZE": "2", "TORCHELASTIC_RUN_ID": "none", "MASTER_ADDR": "n0",
  ]
  /// A batch script of a job of four tasks: one process.
  static let batch = [
    "SLURM_JOB_ID": "7", "SLURM_NTASKS": "4", "SLURM_NPROCS": "4", "SLURM_PROCID": "0",
    "SLURM_LOCALID": "0", "SLURM_NODEID": "0", "SLURM_JOB_NAME": "run",
  ]
  static let array = [
    "SLURM_ARRAY_JOB_ID": "7", "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "3",
    "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "7", "SLURM_ARRAY_TASK_STEP": "2",
  ]
  static func step(_ rank: Int, of count: Int) -> [String: String] {
    [
      "SLURM_PROCID": "\(rank)", "SLURM_NTASKS": "\(count)", "SLURM_STEP_ID": "0",
      "SLURM_STEP_NUM_TASKS": "\(count)", "SLURM_STEP_NUM_NODES": "1", "SLURM_LOCALID": "\(rank)",
    ]
  }
  static func joined(_ parts: [String: String]...) -> [String: String] {
    parts.reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  static let good = [
    Case("no launcher", nil, ["HOME": "/root", "SHELL": "/bin/sh"]),
    Case("empty variables", nil, ["RANK": "", "WORLD_SIZE": "", "SLURM_JOB_ID": ""]),
    Case("torchrun", "6/8", torchrun),
    Case("RANK and WORLD_SIZE alone", "1/3", ["RANK": "0", "WORLD_SIZE": "3"]),
    Case("mpirun of Open MPI", "2/2", openMPI),
    Case("mpiexec of MPICH", "4/4", ["PMI_RANK": "3", "PMI_SIZE": "4", "PMI_FD": "6"]),
    Case(
      "srun --mpi=pmi2", "2/4", joined(batch, step(1, of: 4), ["PMI_RANK": "1", "PMI_SIZE": "4"])),
    Case("srun", "3/4", joined(batch, step(2, of: 4))),
    Case("srun of fewer tasks than the job", "2/2", joined(batch, step(1, of: 2))),
    Case("a batch script", "1/1", batch),
    Case(
      "an interactive allocation", "1/1",
      ["SLURM_JOB_ID": "7", "SLURM_NTASKS": "2", "SLURM_JOB_NAME": "interactive"]),
    Case("an array in steps of two", "2/3", joined(batch, array)),
    Case(
      "an array that does not tell its count and step", "3/5",
      [
        "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "4",
        "SLURM_JOB_ID": "9",
      ]),
    Case(
      "an array of one", "1/1",
      [
        "SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_MIN": "9", "SLURM_ARRAY_TASK_MAX": "9",
        "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_STEP": "1",
      ]),
    Case("srun in an array", "6/12", joined(batch, array, step(1, of: 4))),
    Case("mpirun in an array", "4/6", joined(batch, array, openMPI)),
    // The daemon of a node was started by srun, and its processes have that one's variables too.
    Case("mpirun over nodes of Slurm", "2/2", joined(batch, step(0, of: 3), openMPI)),
    Case("torchrun on each node of srun", "6/8", joined(batch, step(1, of: 2), torchrun)),
    Case("torchrun on each node of mpirun", "6/8", joined(openMPI, torchrun)),
    Case("two that agree", "2/2", joined(openMPI, ["RANK": "1", "WORLD_SIZE": "2"])),
    Case("an indexed Job", "4/5", ["JOB_COMPLETION_INDEX": "3", "MPLUG_EVAL_SHARDS": "5"]),
    Case("torchrun over the pods of a Job", "6/8", joined(torchrun, ["JOB_COMPLETION_INDEX": "1"])),
    Case("a count alone is no launcher", nil, ["MPLUG_EVAL_SHARDS": "5"]),
  ]

  @Test(arguments: good) func parts(_ launched: Case) throws {
    let part = try LauncherEnvironment.shard(from: launched.variables)
    #expect(part.map { "\($0)" } == launched.part)
  }

  static let bad = [
    Case("a rank without a count", "WORLD_SIZE is not set", ["RANK": "1"]),
    Case("a count without a rank", "RANK is not set", ["WORLD_SIZE": "4"]),
    Case("a rank beyond", "RANK=4 with WORLD_SIZE=4", ["RANK": "4", "WORLD_SIZE": "4"]),
    Case("no number", "PMI_RANK=one is no number", ["PMI_RANK": "one", "PMI_SIZE": "4"]),
    Case("a negative rank", "PMI_RANK=-1 is no number", ["PMI_RANK": "-1", "PMI_SIZE": "4"]),
    Case(
      "ranks of somebody else", "RANK=0 with WORLD_SIZE=1 contradicts OMPI_COMM_WORLD_RANK=1",
      joined(openMPI, ["RANK": "0", "WORLD_SIZE": "1"])),
    Case(
      "ranks left over from another job", "contradicts SLURM_PROCID=2",
      joined(batch, step(2, of: 4), ["RANK": "0", "WORLD_SIZE": "2"])),
    Case(
      "an array with gaps", "submit it as --array=0-1",
      joined(
        array,
        [
          "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "4",
          "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_STEP": "1",
        ])),
    Case(
      "a task between the steps", "is none of 3 to 7 in steps of 2",
      joined(array, ["SLURM_ARRAY_TASK_ID": "4"])),
    Case("an array without its ends", "SLURM_ARRAY_TASK_MIN", ["SLURM_ARRAY_TASK_ID": "4"]),
    Case("a pod of nobody knows how many", "MPLUG_EVAL_SHARDS", ["JOB_COMPLETION_INDEX": "0"]),
    Case(
      "a pod beyond", "JOB_COMPLETION_INDEX=5",
      ["JOB_COMPLETION_INDEX": "5", "MPLUG_EVAL_SHARDS": "5"]),
    Case(
      "mpirun in each pod", "JOB_COMPLETION_INDEX=0 with MPLUG_EVAL_SHARDS=5 contradicts OMPI",
      joined(openMPI, ["JOB_COMPLETION_INDEX": "0", "MPLUG_EVAL_SHARDS": "5"])),
    Case(
      "more parts than there are numbers", "contradicts",
      joined(
        ["RANK": "0", "WORLD_SIZE": "4611686018427387904"],
        ["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "3"])),
  ]

  @Test(arguments: bad) func refusals(_ launched: Case) throws {
    let error = #expect(throws: LauncherError.self) {
      try LauncherEnvironment.shard(from: launched.variables)
    }
    let text = "\(try #require(error))"
    #expect(text.contains(try #require(launched.part)), "\(text)")
    #expect(text.hasPrefix("--shard auto: ") && text.contains("; ") && !text.contains("\n"))
  }

  /// All processes of a launch are different parts of the same count, and together all of them.
  @Test func allPartsOfAnArrayOfSteps() throws {
    var parts: Set<Shard> = []
    for task in [3, 5, 7] {
      for rank in 0..<4 {
        let variables = Self.joined(
          Self.batch, Self.array, ["SLURM_ARRAY_TASK_ID": "\(task)"], Self.step(rank, of: 4))
        parts.insert(try #require(try LauncherEnvironment.shard(from: variables)))
      }
    }
    #expect(parts == Set((1...12).compactMap { Shard("\($0)/12") }))
  }
}
