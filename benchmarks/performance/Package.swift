// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring adds nothing to the main one.
let package = Package(
  name: "performance",
  dependencies: [.package(name: "mplug-eval", path: "../..")],
  targets: [
    .executableTarget(
      name: "decode-steadily",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "load-references",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "prepare-images",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "rank-scores",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "sample-videos",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "score-meteor",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
  ])
