/// How a resized sample weighs the samples around it.
///
/// Source: Pillow 9.5, `src/libImaging/Resample.c`.
public enum ResizeFilter: String, Sendable, CaseIterable {
  /// Keys' cubic with a = -0.5: `Image.BICUBIC`.
  case bicubic
  /// A triangle: `Image.BILINEAR`.
  case bilinear

  /// How far it reaches, in samples of the coarser of the two sizes.
  var support: Double {
    switch self {
    case .bicubic: 2
    case .bilinear: 1
    }
  }

  /// The weight of a sample at a distance, before the weights are made to add up to 1; in the
  /// order of operations of the source.
  func weight(_ distance: Double) -> Double {
    let x = distance < 0 ? -distance : distance
    switch self {
    case .bicubic:
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      if x < 2 { return (((x - 5) * x + 8) * x - 4) * -0.5 }
    case .bilinear:
      if x < 1 { return 1 - x }
    }
    return 0
  }
}
