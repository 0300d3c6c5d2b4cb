import Datasets
import Records

extension RunPage {
  /// Kinds of groups with their groups: `{kind: {name: {"count": n, metric: value}}}`.
  var groupKinds: [(name: String, groups: [JSONObject.Member])] {
    (record.groups.object?.members ?? []).compactMap { kind in
      let groups = kind.value.object?.members ?? []
      return groups.isEmpty ? nil : (kind.key, groups)
    }
  }

  /// The numbers of parts of the set, a table a kind.
  var groupsSection: HTML {
    let kinds = groupKinds
    guard !kinds.isEmpty else { return .none }
    return """
      <section id="groups">
      <h2>Groups</h2>
      \(kinds.map { table(of: $0.name, $0.groups) })</section>

      """
  }

  private func table(of kind: String, _ groups: [JSONObject.Member]) -> HTML {
    let metrics = groups.flatMap { $0.value.object?.members.map(\.key) ?? [] }.uniqued()
      .filter { $0 != "count" }.sorted()
    let first = metrics.first { $0 == primary?.name } ?? metrics.first
    let values = groups.compactMap { group in first.flatMap { group.value[$0]?.double } }
    let axis = ScoreAxis(
      of: first.flatMap { card?.metricCard(ofScore: $0) }, values: values)
    // The largest groups first: small ones say little.
    let ordered = groups.sorted {
      ($1.value["count"]?.int ?? 0, $0.key) < ($0.value["count"]?.int ?? 0, $1.key)
    }
    let rows = ordered.map { group -> HTML in
      let cells = metrics.map { metric -> HTML in
        let value = group.value[metric]?.double
        return "<td class=\"number\">\(value.map(number(of: metric).text) ?? "-")</td>"
      }
      let place = first.flatMap { group.value[$0]?.double }.map(axis.place) ?? 0
      return """
        <tr><th scope="row">\(group.key)</th>\(cells)\
        <td class="plot">\(BarPlot.svg(share: place))</td>\
        <td class="number">\(group.value["count"]?.int ?? 0)</td></tr>

        """
    }
    let headings = metrics.map { metric -> HTML in
      "<th scope=\"col\" class=\"number\" data-sort=\"number\">\(metric)</th>"
    }
    let table: HTML = """
      <div class="scroll" tabindex="0" role="region" aria-label="\(kind)">
      <table class="bars sortable">
      <thead><tr><th scope="col" data-sort="text">\(kind)</th>\(headings)\
      <th scope="col" class="plot"><span class="hidden">drawn</span></th>\
      <th scope="col" class="number" data-sort="number" aria-sort="descending">samples</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>

      """
    guard groups.count > 24 else { return table }
    return "<details><summary>\(kind): \(groups.count) groups</summary>\n\(table)</details>\n"
  }
}
