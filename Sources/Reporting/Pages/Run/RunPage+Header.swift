import Records

extension RunPage {
  /// What was run, the number that counts, and the ways into the page.
  var header: HTML {
    """
    <header>
    <p class="kicker">\(benchmarkTitle)</p>
    <h1>\(record.model)</h1>
    \(headline)<ul class="tags">
    \(tags)</ul>
    <nav aria-label="Sections"><ul>
    \(links)</ul></nav>
    </header>
    """
  }

  private var headline: HTML {
    guard let primary else {
      return "<p class=\"headline\">No score: only the official server knows the answers.</p>\n"
    }
    let number = number(of: primary.name)
    let interval: HTML =
      primary.interval.map {
        "<span class=\"soft\">95&nbsp;% interval \(number.interval($0.low, $0.high))</span>"
      } ?? .none
    return """
      <p class="headline"><span class="value">\(number.text(primary.value))</span> \
      <span class="name">\(primary.name)</span> \(interval)</p>

      """
  }

  private var tags: [HTML] {
    let isWhole = record.count == record.expected
    let counted =
      isWhole ? "\(record.count) samples" : "\(record.count) of \(record.expected) samples"
    var tags: [HTML] = [
      "<li\(isWhole ? HTML.none : " class=\"warning\"")>\(record.status.rawValue), \(counted)</li>\n"
    ]
    if let weights = record.weightsNote {
      tags.append("<li class=\"warning\">\(weights) weights</li>\n")
    }
    tags.append("<li>\(record.task)</li>\n")
    tags.append("<li>run \(record.id)</li>\n")
    if !record.finished.isEmpty {
      tags.append(
        "<li><time datetime=\"\(record.finished)\">\(PageTime.text(record.finished))</time></li>\n")
    }
    return tags
  }

  private var links: [HTML] {
    var links: [(id: String, title: String)] = []
    if !record.metrics.isEmpty { links.append(("metrics", "Metrics")) }
    if !distributions.isEmpty { links.append(("scores", "Scores")) }
    if !groupKinds.isEmpty { links.append(("groups", "Groups")) }
    links.append(("problems", "Problems"))
    if sampleCount > 0 { links.append(("samples", "Samples")) }
    links.append(("provenance", "Provenance"))
    return links.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" }
  }
}
