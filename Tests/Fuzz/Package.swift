// swift-tools-version: 6.2
import PackageDescription

// Media and what it stands on, with programs that walk through media files under sanitizers and
// throw damaged ones at the decoders. A package of its own: the main one stays lean, and these
// builds, of which there is one for each sanitizer, compile only what they test. The sources are
// links to those of the main package, in the same package for the sake of `package` access.
let swiftSettings: [SwiftSetting] =
  [.swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility")]

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["Media", "Records"] + dependencies, swiftSettings: swiftSettings)
}

let package = Package(
  name: "fuzz",
  targets: [
    .target(name: "CSHA256"),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CPixels"),
    .systemLibrary(name: "CLibAV", pkgConfig: "libavformat libavcodec libswscale libavutil"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "Records", dependencies: ["CSHA256"], swiftSettings: swiftSettings),
    .target(
      name: "Media", dependencies: ["CJPEG", "CLibAV", "CPixels", "CZlib", "Records"],
      swiftSettings: swiftSettings),
    // The declarations of libFuzzer, which is linked by Tests/Fuzz/fuzz.
    .target(name: "CFuzzer"),
    program("walk-media", []),
    program("fuzz-images", ["CFuzzer", "CZlib"]),
    program("fuzz-videos", ["CFuzzer"]),
  ],
  cLanguageStandard: .gnu2x
)
