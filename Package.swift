// swift-tools-version: 6.2
import PackageDescription

// `make lint` and CI set MPLUG_EVAL_STRICT=1: a warning in our own targets is then an error.
let strict = Context.environment["MPLUG_EVAL_STRICT"] == "1"
let swiftSettings: [SwiftSetting] =
  [.swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility")]
  + (strict ? [.treatAllWarnings(as: .error)] : [])
let cSettings: [CSetting] = strict ? [.treatAllWarnings(as: .error)] : []

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let orderedCollections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let textTable = Target.Dependency.product(name: "TextTable", package: "TextTable")

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [],
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: swiftSettings, plugins: plugins)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: ["TestSupport"] + dependencies, swiftSettings: swiftSettings)
}

let evaluation: [Target.Dependency] = [
  "Evaluation", "Datasets", "Media", "Metrics", "Models", "Records", "Tensors", "Text",
]

let package = Package(
  name: "mplug-eval",
  products: [
    .executable(name: "mplug-eval", targets: ["mplug-eval"]),
    .library(
      name: "MPLUGEval",
      targets: ["Text", "Metrics", "Records", "Media", "Datasets", "Evaluation", "Resources"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
  ],
  targets: [
    .target(name: "CSHA256", cSettings: cSettings),
    .target(name: "CRetrieval", cSettings: cSettings),
    .target(
      name: "CJPEG", cSettings: cSettings, linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CPixels", cSettings: cSettings),
    .target(name: "CTensors", cSettings: cSettings),
    .systemLibrary(
      name: "CLibAV", pkgConfig: "libavformat libavcodec libswscale libavutil",
      providers: [
        .apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])
      ]),
    library("Text"),
    library("Metrics", ["CRetrieval", "CTensors", "Text"]),
    library("Records", ["CSHA256"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("Archives", ["CZlib", "Records"]),
    library("Media", ["CJPEG", "CLibAV", "CPixels", "CZlib", "Records"]),
    library("Pickle", ["Archives", "Records"]),
    library("Tensors", ["CTensors"]),
    library("Checkpoints", ["Archives", "Pickle", "Records", "Tensors"]),
    library(
      "Models", ["Checkpoints", "Media", "Records", "Tensors", "Text", yams],
      plugins: ["EmbedBenchmarks"]),
    .plugin(name: "EmbedBenchmarks", capability: .buildTool(), dependencies: ["BenchmarkTable"]),
    .executableTarget(
      name: "BenchmarkTable", path: "Plugins/BenchmarkTable", swiftSettings: swiftSettings),
    library(
      "Datasets", ["Metrics", "Pickle", "Records", "Text", orderedCollections, yams],
      plugins: ["EmbedBenchmarks"]),
    library("Resources", ["Archives", "Metrics", "Records", "Text"]),
    library(
      "Evaluation",
      ["Checkpoints", "Datasets", "Media", "Metrics", "Models", "Records", "Tensors", "Text"]),
    library("Reporting", ["Datasets", "Evaluation", "Metrics", "Records", textTable, yams]),
    library("MiniWorld", ["CLibAV", "Checkpoints", "Media", "Models", "Records"]),
    .executableTarget(
      name: "mini-world", dependencies: ["MiniWorld", "Records", argumentParser],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "mplug-eval",
      dependencies: [
        "Archives", "Checkpoints", "Datasets", "Evaluation", "Media", "Metrics", "Models", "Pickle",
        "Records", "Reporting", "Resources", "Tensors", "Text", argumentParser, logging,
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "TestSupport", dependencies: ["CZlib", "Metrics", "Records", "Resources"],
      path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    tests("TextTests", ["Text", "Records"]),
    tests("MetricsTests", ["Metrics", "Resources", "Text", "Records"]),
    tests("RecordsTests", ["Records"]),
    tests("MediaTests", ["CPixels", "Media", "Records"]),
    tests("ArchivesTests", ["Archives", "Records"]),
    tests("PickleTests", ["Pickle", "Archives", "Records"]),
    tests("TensorsTests", ["CTensors", "Tensors"]),
    tests("CheckpointsTests", ["Archives", "Checkpoints", "Pickle", "Records", "Tensors"]),
    tests("ModelsTests", ["Checkpoints", "Media", "Models", "Records", "Tensors", "Text"]),
    tests("ResourcesTests", ["Archives", "Resources", "Metrics", "Records", "Text"]),
    tests("DatasetsTests", ["Datasets", "Metrics", "Pickle", "Records", "Text"]),
    tests("EvaluationTests", evaluation),
    tests("ReportingTests", ["Reporting", "Evaluation", "Datasets", "Metrics", "Records"]),
    tests("MiniWorldTests", ["MiniWorld", "Datasets", "Media", "Records", "Text"]),
    tests(
      "CommandLineTests",
      ["Datasets", "Models", "Records", "Reporting", "Tensors", "mplug-eval", yams]),
  ],
  cLanguageStandard: .gnu2x
)
