// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring adds nothing to the main one.

// Stages of the model are timed by what targets of the main package share among them: SwiftPM names
// a package after its folder.
let checkout = Context.packageDirectory.split(separator: "/").dropLast(2).last.map(String.init)
let mainPackage = String(
  (checkout ?? "").lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })

let package = Package(
  name: "performance",
  dependencies: [.package(name: "mplug-eval", path: "../..")],
  targets: [
    .target(name: "CPeak", path: "kernels/Sources/CPeak"),
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
      name: "run-tasks",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")],
      packageAccess: false,
      swiftSettings: [.unsafeFlags(["-package-name", mainPackage])]),
    .executableTarget(
      name: "sample-videos",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "score-meteor",
      dependencies: [.product(name: "MPLUGEval", package: "mplug-eval")]),
    .executableTarget(
      name: "time-model",
      dependencies: ["CPeak", .product(name: "MPLUGEval", package: "mplug-eval")],
      packageAccess: false,
      swiftSettings: [.unsafeFlags(["-package-name", mainPackage])]),
  ])
