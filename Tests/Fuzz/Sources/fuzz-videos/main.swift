import CFuzzer
import Glibc
import Media
import Records

// fuzz-videos: libFuzzer over the frame sampler. See Tests/Fuzz/fuzz.

/// Where the bytes are put for the sampler, which reads files: in memory.
let path = "/dev/shm/mplug-eval-fuzz-\(getpid())"

/// What must hold for any bytes: as many pictures as indices, or a typed error of one line.
func check() {
  for isStrict in [false, true] {
    do {
      let size: FrameSize = isStrict ? .native : .square(32, .swscale)
      let video = try VideoSampler(count: 8, size: size, strict: isStrict).sample(path)
      guard video.images.count == video.indices.count, !video.images.isEmpty else {
        fatalError("\(video.images.count) pictures for \(video.indices.count) indices")
      }
      guard !isStrict || video.remarks.isEmpty else { fatalError("strict, and remarks") }
    } catch let error as MediaError {
      guard !"\(error)".utf8.contains(10) else { fatalError("an error of two lines: \(error)") }
    } catch {
      fatalError("an error of no known type: \(error)")
    }
  }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
atexit { unlink(path) }
exit(
  LLVMFuzzerRunDriver(&count, &arguments) { data, size in
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0, write(file, data, size) == size else { fatalError("cannot write \(path)") }
    close(file)
    check()
    return 0
  })
