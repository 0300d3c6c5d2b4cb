import CLibAV
import Media
import Records

/// The hash of a picture's planes: in order, rows without gaps, 10 bits as two bytes, low one first.
enum PlaneHash {
  static func sha256(of frame: VideoFrame) -> String {
    let picture = frame.frame.pointee
    let format = AVPixelFormat(rawValue: picture.format)
    var hash = SHA256()
    let planes = withUnsafeBytes(of: picture.data) { data in
      data.bindMemory(to: UnsafePointer<UInt8>?.self).map { $0 }
    }
    let strides = withUnsafeBytes(of: picture.linesize) { $0.bindMemory(to: Int32.self).map { $0 } }
    guard let description = av_pix_fmt_desc_get(format) else { return "unknown format" }
    for plane in 0..<Int(av_pix_fmt_count_planes(format)) {
      guard let start = planes[plane] else { return "a plane is missing" }
      let isChroma = plane == 1 || plane == 2
      let shift = isChroma ? Int32(description.pointee.log2_chroma_h) : 0
      let rows = -(-picture.height >> shift)
      let bytes = av_image_get_linesize(format, picture.width, Int32(plane))
      for row in 0..<Int(rows) {
        hash.update(
          UnsafeRawBufferPointer(start: start + row * Int(strides[plane]), count: Int(bytes)))
      }
    }
    return hash.hexDigest
  }
}
