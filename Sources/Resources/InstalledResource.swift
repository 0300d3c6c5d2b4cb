/// A resource that users add, and whether it is there.
public struct InstalledResource: Sendable, Equatable {
  /// Its name on the command line.
  public let name: String
  /// What people call it.
  public let title: String
  /// Where its compiled file lies or would lie; nil where no cache folder is named.
  public let path: String?
  /// Whether it is there.
  public let state: State
  /// What it is made of.
  public let parts: [Part]
  /// The command that adds it.
  public let command: String

  /// Whether a resource is there.
  public enum State: Sendable, Equatable {
    /// It can be used. `isOfficial` says that its content is the one that the official scorer uses.
    case installed(size: Int, digest: String, isOfficial: Bool)
    /// It was not added.
    case missing
    /// The file is there and cannot be used; why, and how to mend it.
    case unusable(String)
  }

  /// A part of a resource.
  public struct Part: Sendable, Equatable {
    /// What it is.
    public let name: String
    /// Under which licence it is given.
    public let licence: String
  }
}
