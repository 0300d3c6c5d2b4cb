/// What the reference project does to its VATEX captions before it scores them and hands them in:
/// lead-ins such as `a picture of` and `a video of` go, with all that stands before them.
///
/// 1. A caption that holds `a picture of` becomes what follows the last `a picture of `.
/// 2. Then the first of `a video of`, `a video clip of`, `a video showing` and `a video tutorial on`
///    that it holds is treated alike; the others stay.
///
/// It is meant for that project's own captions, which its prompt makes begin in this way, and is no
/// part of the metric: other models' captions are scored as they are.
///
/// Source: `X-PLUG/mPLUG`, `videocap_vatex_mplug.py`.
///
/// Quirks kept: a lead-in is looked for without and cut with the space behind it, so that `a video
/// ofa dog` stays as it is and yet ends the search for the other three.
public enum VATEXCaptionCleaning {
  private static let prompt = Array("a picture of".utf8)
  private static let leadIns = [
    "a video of", "a video clip of", "a video showing", "a video tutorial on",
  ].map { Array($0.utf8) }

  /// The caption without lead-ins.
  public static func cleaned(_ caption: String) -> String {
    var text = Array(caption.utf8)[...]
    if text.contains(prompt) { text = tail(of: text, behind: prompt) }
    if let leadIn = leadIns.first(where: text.contains) { text = tail(of: text, behind: leadIn) }
    return String(decoding: text, as: UTF8.self)
  }

  /// What follows the last occurrence of a phrase and a space; all where there is none.
  private static func tail(of text: ArraySlice<UInt8>, behind phrase: [UInt8]) -> ArraySlice<UInt8>
  {
    text.ranges(of: phrase + [0x20]).last.map { text[$0.upperBound...] } ?? text
  }
}
