import Evaluation
import Records

extension RunPage {
  /// What a reader of the numbers must know.
  var problemsSection: HTML {
    let known = Set(samples.map(\.id.description))
    let items = record.problems.map { item($0, known) }
    let content: HTML =
      items.isEmpty ? "<p>None.</p>\n" : "<ul class=\"problems\">\n\(items)</ul>\n"
    return "<section id=\"problems\">\n<h2>Problems</h2>\n\(content)</section>\n\n"
  }

  private func item(_ problem: Problem, _ known: Set<String>) -> HTML {
    let examples = problem.examples.map { example -> HTML in
      known.contains(example)
        ? "<a href=\"#\(SampleBrowser.fragment(of: example))\"><code>\(example)</code></a>"
        : "<code>\(example)</code>"
    }
    let such: HTML = problem.count > examples.count ? "Such as " : .none
    let list: HTML =
      examples.isEmpty ? .none : "<p class=\"note\">\(such)\(Self.joined(examples))</p>"
    let count = problem.count > 0 ? ", \(problem.count)" : ""
    return """
      <li><p>\(Self.sentence(problem.message)) \
      <span class="soft">\(problem.code)\(count)</span></p>\(list)</li>

      """
  }

  /// With a capital letter and a full stop.
  private static func sentence(_ message: String) -> String {
    let text = message.prefix(1).uppercased() + message.dropFirst()
    return text.hasSuffix(".") ? text : text + "."
  }

  private static func joined(_ parts: [HTML]) -> HTML {
    HTML(parts.enumerated().map { $0.offset == 0 ? $0.element : ", " + $0.element })
  }
}
