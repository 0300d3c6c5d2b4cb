import Foundation
import Media

// walk-media [images] [videos] [pipeline] -- FILE|FOLDER...: does everything that can be done with the
// files, damaged copies of them included, and prints what became of each. Built with a sanitizer it
// is what `make sanitize` runs; a finding of the sanitizer ends it.

/// Ends the program with what is wrong.
func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("walk-media: \(message)\n".utf8))
  exit(1)
}

/// Prints a line at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

let arguments = Array(CommandLine.arguments.dropFirst())
guard let divider = arguments.firstIndex(of: "--"), divider > 0, divider + 1 < arguments.count,
  arguments[..<divider].allSatisfy({ ["images", "videos", "pipeline"].contains($0) })
else { fail("usage: walk-media [images] [videos] [pipeline] -- FILE|FOLDER...") }
let wanted = Set(arguments[..<divider])

var paths: [String] = []
for place in arguments[(divider + 1)...] {
  var isFolder = ObjCBool(false)
  guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
    fail("\(place): there is no such file")
  }
  guard isFolder.boolValue else {
    paths.append(place)
    continue
  }
  for name in try FileManager.default.subpathsOfDirectory(atPath: place).sorted() {
    let path = "\(place)/\(name)"
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if !isFolder.boolValue { paths.append(path) }
  }
}
let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
  "walk-media-\(ProcessInfo.processInfo.processIdentifier)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

// A path that is not there and one that is a folder belong to the walk.
for path in paths + ["\(folder.path)/missing", folder.path] {
  let name = path == folder.path ? "folder" : URL(fileURLWithPath: path).lastPathComponent
  if wanted.contains("images") { say("image \(name): \(ImageWalk.walk(path).summary)") }
  if wanted.contains("videos") {
    say("video \(name): \(VideoWalk(folder: folder.path).walk(path).summary)")
  }
}
if wanted.contains("pipeline") {
  PipelineWalk.walk(paths)
  say("pipeline: \(paths.count) files, the same with 0, 1, 2 and 4 threads; cancelled half-way")
}
say("walked \(paths.count) files: \(wanted.sorted().joined(separator: ", "))")
