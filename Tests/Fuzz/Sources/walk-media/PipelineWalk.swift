import Media
import Records

/// All files through the pipeline: whole, with one thread and with several, and left half-way.
enum PipelineWalk {
  static func walk(_ paths: [String]) {
    let expected = digests(of: paths, threads: 0)
    for threads in [1, 2, 4] where digests(of: paths, threads: threads) != expected {
      fail("\(threads) threads give other results")
    }
    for limit in [0, 1, paths.count / 2] {
      let work = DecodeAhead(paths, threads: 4, ahead: 3) { try digest(of: $0) }
      for _ in 0..<limit { _ = work.next() }
      work.cancel()
      if work.next() != nil { fail("a cancelled pipeline goes on") }
    }
  }

  private static func digests(of paths: [String], threads: Int) -> [String] {
    let budget = ByteBudget<String, String>(limit: 1 << 20, inWork: { $0.utf8.count << 14 }) { _ in
      64
    }
    return DecodeAhead(paths, threads: threads, budget: budget) { try digest(of: $0) }.map {
      switch $0.result {
      case .success(let digest): digest
      case .failure(let error): "\(error)"
      }
    }
  }

  /// A file as an image, resized, and as eight frames of a video.
  private static func digest(of path: String) throws -> String {
    var hash = SHA256()
    do {
      let image = try ImageDecoder().decode(path).image
      hash.update(Resampler(filter: .bicubic).resize(image, width: 224, height: 224))
    } catch {
      for frame in try VideoSampler(count: 8, size: .square(224, .swscale)).sample(path).images {
        hash.update(frame)
      }
    }
    return hash.hexDigest
  }
}
