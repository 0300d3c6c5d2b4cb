/// Everything that can change a number, written as one string in the manner of sacreBLEU:
/// `CIDEr-D|nrefs:5|tok:ptb-3.4.1|n:4|sigma:6|df:corpus|…|v:0.1.0`.
public struct Signature: Sendable, Hashable, CustomStringConvertible {
  /// The metric's exact name, such as `CIDEr-D`.
  public let metric: String
  /// Key and value in the order in which they are printed.
  public private(set) var fields: [Field]

  /// One `key:value` of a signature.
  public struct Field: Sendable, Hashable {
    /// What is stated.
    public let key: String
    /// Its value.
    public let value: String
  }

  /// A signature that starts with some fields.
  public init(_ metric: String, _ fields: KeyValuePairs<String, String> = [:]) {
    self.metric = metric
    self.fields = fields.map { Field(key: $0.key, value: $0.value) }
  }

  /// The same signature with a field more at its end.
  public func adding(_ key: String, _ value: String) -> Signature {
    var copy = self
    copy.fields.append(Field(key: key, value: value))
    return copy
  }

  /// The printed form.
  public var description: String {
    ([metric] + fields.map { "\($0.key):\($0.value)" }).joined(separator: "|")
  }
}
