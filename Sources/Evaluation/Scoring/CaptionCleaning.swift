import Text

/// A clean-up of captions before they are scored and handed in, for models whose own program does
/// it outside the metric. Only done where the user asks for it.
public enum CaptionCleaning: String, Sendable, CaseIterable {
  /// The reference project's, of its VATEX captions: `VATEXCaptionCleaning`.
  case mplugVATEX = "mplug-vatex"

  /// The cleaned caption.
  func cleaned(_ caption: String) -> String {
    switch self {
    case .mplugVATEX: VATEXCaptionCleaning.cleaned(caption)
    }
  }
}
