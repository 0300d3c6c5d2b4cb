/// Behaviour of the reference that is not what was meant and changes results. It is kept unless the
/// correct behaviour is asked for.
///
/// Quirks that leave no choice are not listed.
public enum Quirk: String, Sendable, CaseIterable {
  /// Finished beams stay alive, so that a text may go on behind `[SEP]`; correct: it ends there.
  case q3 = "Q3"
  /// The prompt of video captions loses its last word; correct: it does not.
  case q4 = "Q4"
  /// Ranking counts the first piece of an answer twice; correct: once.
  case q5 = "Q5"
  /// Frames are taken at `i·floor(T/n)`, so that the tail of a video is never seen; correct: at
  /// `floor(i·T/n)`.
  case q6 = "Q6"
  /// Grounding normalises with ImageNet's statistics; correct: CLIP's, as in training.
  case q7 = "Q7"
  /// Grounding runs as many text layers as the fusion's stride; correct: all.
  case q8 = "Q8"
  /// A clip whose largest byte is at most 1 is not divided by 255; correct: it is.
  case q13 = "Q13"
}
