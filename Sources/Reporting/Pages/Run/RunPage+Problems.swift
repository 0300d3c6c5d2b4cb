import Evaluation
import Records

extension RunPage {
  /// What a reader of the numbers must know.
  var problemsSection: HTML {
    let known = Set(samples.map(\.id.description))
    let items = record.problems.map { problem -> HTML in
      let examples = problem.examples.map { example -> HTML in
        known.contains(example)
          ? "<a href=\"#\(SampleBrowser.fragment(of: example))\"><code>\(example)</code></a>"
          : "<code>\(example)</code>"
      }
      let list: HTML =
        examples.isEmpty
        ? .none
        : "<p class=\"note\">\(problem.count > examples.count ? "Such as " : HTML.none)\(Self.joined(examples))</p>"
      return """
        <li><p>\(problem.message) <span class="soft">\(problem.code), \(problem.count)</span></p>\(list)</li>

        """
    }
    let content: HTML =
      items.isEmpty ? "<p>None.</p>\n" : "<ul class=\"problems\">\n\(items)</ul>\n"
    return "<section id=\"problems\">\n<h2>Problems</h2>\n\(content)</section>\n\n"
  }

  private static func joined(_ parts: [HTML]) -> HTML {
    HTML(parts.enumerated().map { $0.offset == 0 ? $0.element : ", " + $0.element })
  }
}
