/// Where compiled resources lie.
package struct CacheFolder: Sendable {
  /// The folder; it need not exist.
  package let path: String

  /// `MPLUG_EVAL_CACHE`, else `$XDG_CACHE_HOME/mplug-eval`, else `~/.cache/mplug-eval`; nil where
  /// the environment names none of them.
  ///
  /// - Parameter environment: the process's, passed in.
  package init?(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let own = value("MPLUG_EVAL_CACHE") {
      path = own
    } else if let cache = value("XDG_CACHE_HOME"), cache.hasPrefix("/") {
      // A relative path is to be ignored, says the XDG specification.
      path = cache + "/mplug-eval"
    } else if let home = value("HOME") {
      path = home + "/.cache/mplug-eval"
    } else {
      return nil
    }
  }

  /// METEOR's compiled data.
  package var meteor: String { path + "/meteor-1.5.data" }
}
