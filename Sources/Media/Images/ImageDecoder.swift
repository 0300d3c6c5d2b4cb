import Records

/// Image files to the pixels that the reference sees: those of Pillow 9.5's `convert("RGB")`.
///
/// What is read: JPEG (baseline, progressive, arithmetic; gray, colour, CMYK and YCCK) and PNG. The
/// content decides, not the name.
///
/// Source: Pillow 9.5, `Image.open(path).convert("RGB")`, with `ImageFile.LOAD_TRUNCATED_IMAGES` set.
/// Quirks kept: EXIF's orientation is ignored; what is missing of a cut or damaged file is gray or
/// black; four components are taken for inverted, with or without Adobe's marker.
public struct ImageDecoder: Sendable {
  /// How files are read. All defaults are what the reference does.
  public struct Options: Sendable, Hashable {
    /// What is done with EXIF's orientation.
    public enum Orientation: Sendable, Hashable {
      /// The picture stays as it is stored.
      case ignored
      /// It is turned and mirrored as `ImageOps.exif_transpose` of Pillow does.
      case applied
    }

    /// What is done with a file that is cut off or damaged, of which there is some picture.
    public enum Truncated: Sendable, Hashable {
      /// The picture that the reference sees, and a remark.
      case accepted
      /// An error.
      case refused
    }

    /// Whether EXIF's orientation counts.
    public var orientation: Orientation
    /// Whether cut and damaged files are read.
    public var truncated: Truncated
    /// Larger pictures are refused on what their header says, before memory is taken for them.
    /// Pillow's own limit is 178,956,970.
    public var pixelLimit: Int

    /// Puts them together.
    public init(
      orientation: Orientation = .ignored, truncated: Truncated = .accepted,
      pixelLimit: Int = 178_956_970
    ) {
      self.orientation = orientation
      self.truncated = truncated
      self.pixelLimit = pixelLimit
    }
  }

  /// How files are read.
  public let options: Options

  /// A decoder.
  public init(_ options: Options = Options()) { self.options = options }

  /// Reads a file.
  ///
  /// - Throws: `MediaError`: it holds no picture that can be read; `RecordError`: there is no such
  ///   file, or the system does not give it.
  public func decode(_ path: String) throws -> DecodedImage { try decode(MappedFile(path)) }

  /// Reads a file that is mapped.
  ///
  /// - Throws: `MediaError`.
  package func decode(_ file: MappedFile) throws -> DecodedImage {
    let format = file.withBytes { ImageFormat.of($0.prefix(ImageFormat.startLength)) }
    switch format {
    case .jpeg: return try JPEGDecoder.decode(file, options)
    case .png: return try PNGDecoder.decode(file, options)
    case nil: throw MediaError.content(of: file, expected: "a JPEG or PNG image")
    case let format?:
      throw MediaError.unsupportedFormat(
        file: file.path, format: format.title, remedy: "convert it to PNG, which keeps all pixels")
    }
  }
}

extension ImageDecoder.Options {
  /// Checks the size that a header announces.
  ///
  /// - Throws: `MediaError.tooLarge`, `.damaged` for a side of nothing.
  package func check(width: Int, height: Int, of file: String) throws {
    guard width > 0, height > 0 else {
      throw MediaError.damaged(
        file: file, reason: "the header says \(width) x \(height) pixels")
    }
    guard width <= pixelLimit / height else {
      throw MediaError.tooLarge(file: file, width: width, height: height, limit: pixelLimit)
    }
  }

  /// Gives a picture with its remarks, or refuses it for them.
  ///
  /// - Throws: The first remark, where those are refused.
  package func finish(
    _ image: RGBImage, _ format: ImageFormat, remarks: [MediaError],
    orientation stored: @autoclosure () -> ImageOrientation
  ) throws -> DecodedImage {
    if truncated == .refused, let remark = remarks.first { throw remark }
    let image = orientation == .applied ? image.oriented(stored()) : image
    return DecodedImage(image: image, format: format, remarks: remarks)
  }
}
