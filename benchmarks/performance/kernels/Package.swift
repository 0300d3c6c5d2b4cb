// swift-tools-version: 6.2
import PackageDescription

// The kernels and the tensors over them are links to the main package's sources: what it promises to
// nobody is at hand, and nothing else is built.
let package = Package(
  name: "kernels",
  targets: [
    .target(name: "CTensors"),
    .target(name: "Tensors", dependencies: ["CTensors"]),
    .target(name: "CPeak"),
    .executableTarget(name: "check-kernels", dependencies: ["CPeak", "CTensors", "Tensors"]),
  ],
  cLanguageStandard: .gnu2x
)
