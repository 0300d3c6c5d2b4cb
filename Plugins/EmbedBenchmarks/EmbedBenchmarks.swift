import Foundation
import PackagePlugin

/// Puts the YAML files of `benchmarks/` that a target needs into it, as one generated Swift file: the
/// binary then works from any folder, and a new card needs no other edit. `Models` gets those of
/// `benchmarks/models`, every other target the benchmarks and what is published about them.
@main
struct EmbedBenchmarks: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "benchmarks")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles+Table.swift")
    // The build plan, with its list of inputs, is kept between builds and would miss edits of a file
    // that came after it. An input that the tool itself changes makes it run at every build: it
    // takes milliseconds and leaves the Swift file alone where nothing else changed.
    let stamp = context.pluginWorkDirectoryURL.appending(path: "last-run")
    try Data().write(to: stamp)
    let isModels = target.name == "Models"
    let subfolders = isModels ? ["models"] : [".", "published"]
    return [
      .buildCommand(
        displayName: "Embedding the YAML files of benchmarks",
        executable: try context.tool(named: "BenchmarkTable").url,
        arguments: [
          folder.path, output.path, stamp.path, isModels ? "EmbeddedModels" : "EmbeddedFiles",
        ] + subfolders,
        inputFiles: [stamp], outputFiles: [output])
    ]
  }
}
