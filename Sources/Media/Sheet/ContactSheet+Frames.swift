extension ContactSheet {
  /// A picture reduced to what the sheet shows of it at most: so that a sheet of many frames does not
  /// need them all at once.
  package func reduced(_ image: RGBImage) -> RGBImage {
    let size = Thumbnail.size(of: image, width: thumbnailWidth)
    if size.width == image.width, size.height == image.height { return image }
    return RGBImage(width: size.width, height: size.height) { output in
      Thumbnail.draw(image, size, to: output, stride: 3 * size.width)
    }
  }
}
