import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The machine on which a number was made.
public struct Machine: Sendable, Hashable {
  /// The processor's name.
  public let processor: String
  /// Its vector extensions that numeric code asks for.
  public let features: [String]
  /// How many processors the program may use.
  public let processors: Int
  /// The operating system's name and version.
  public let system: String
  /// The C library, whose `log`, `exp` and `pow` can change the last digits of a score.
  public let libc: String

  /// Reads `/proc/cpuinfo` and `/etc/os-release`; what they do not say is `unknown`.
  public static func current() -> Machine {
    let lines =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
      .split(separator: "\n") ?? []
    func field(_ name: String) -> String? {
      lines.first { $0.hasPrefix(name) }?.split(separator: ":", maxSplits: 1).last
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let flags = Set((field("flags") ?? "").split(separator: " ").map(String.init))
    let wanted = ["avx2", "fma", "avx512f", "avx512_bf16", "avx512_vnni", "sha_ni"]
    return Machine(
      processor: field("model name") ?? "unknown",
      features: wanted.filter(flags.contains),
      processors: ProcessInfo.processInfo.activeProcessorCount,
      system: ProcessInfo.processInfo.operatingSystemVersionString, libc: libcVersion())
  }

  /// The most memory that this process has taken up so far, in bytes; nil where the system does not
  /// say.
  public static var peakMemory: Int? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
      .flatMap { Int($0) }.map { $0 << 10 }
  }

  private static func libcVersion() -> String {
    #if canImport(Glibc)
      var name = [UInt8](repeating: 0, count: 64)
      let length = name.withUnsafeMutableBytes { buffer in
        confstr(
          Int32(_CS_GNU_LIBC_VERSION), buffer.baseAddress?.assumingMemoryBound(to: CChar.self), 64)
      }
      if length > 1 { return String(decoding: name.prefix(length - 1), as: UTF8.self) }
    #endif
    return "unknown"
  }
}
