import Evaluation
import Records

extension SampleBrowser {
  /// The section: what is shown of how many, the controls (hidden until the script runs) and the
  /// place of the list.
  var section: HTML {
    guard page.sampleCount > 0 else { return .none }
    return """
      <section id="samples">
      <h2>Samples</h2>
      \(notes)<noscript><p class="note">Going through the samples needs JavaScript, which is off. \
      The numbers of all samples are in samples.jsonl beside this page.</p></noscript>
      <form id="filters" class="filters" role="search" aria-label="Samples" hidden>
      \(verdicts)<div class="fields">
      <label>Search <input type="search" id="text" autocomplete="off" spellcheck="false" \
      placeholder="id or words"></label>
      <label id="problem-field">Problem <select id="problem"><option value="">any or none</option>\
      </select></label>
      <label>Order <select id="order"><option value="set">of the data set</option>\
      <option value="id">by id</option></select></label>
      </div>
      </form>
      <div class="pager" hidden><button type="button" class="previous">Previous</button>\
      <p class="status" role="status"></p><button type="button" class="next">Next</button></div>
      <div id="list"></div>
      <div class="pager" hidden><button type="button" class="previous">Previous</button>\
      <p class="status"></p><button type="button" class="next">Next</button></div>
      </section>

      """
  }

  private var verdicts: HTML {
    var counts: [Verdict: Int] = [:]
    for sample in page.samples {
      if let verdict = Verdict(sample, primary: page.primary?.name) {
        counts[verdict, default: 0] += 1
      }
    }
    guard !counts.isEmpty else { return .none }
    // Many tasks know nothing between right and wrong.
    let choices = Verdict.allCases.filter { $0 != .partly || counts[$0] != nil }
      .map { Self.choice($0.rawValue, $0.title, counts[$0] ?? 0) }
    return """
      <fieldset class="verdicts"><legend class="hidden">Verdict</legend>
      \(Self.choice("", "all", page.samples.count, isChosen: true))\(choices)</fieldset>

      """
  }

  private static func choice(
    _ value: String, _ title: String, _ count: Int, isChosen: Bool = false
  ) -> HTML {
    """
    <label><input type="radio" name="verdict" value="\(value)"\(isChosen ? " checked" : HTML.none)>\
    <span>\(title) <b>\(count)</b></span></label>

    """
  }

  private var notes: HTML {
    var notes = page.sampleNotes
    if page.samples.count < page.sampleCount {
      notes.append(
        "\(page.samples.count) of \(page.sampleCount) samples are on this page, taken evenly from the "
          + "set; samples.jsonl beside it has all.")
    }
    if withoutRoom > 0 {
      notes.append(
        "\(withoutRoom) of \(media.count) pictures are left out: the page has room for "
          + "\(page.limits.pictureBytes) bytes of them.")
    }
    let missing = media.filter { !$0.exists }.count
    if missing > 0 { notes.append("\(missing) of \(media.count) media files were not found.") }
    let undecoded = zip(media, pictures).prefix(media.count - withoutRoom)
      .filter { $0.exists && $1 == nil }.count
    if page.thumbnails != nil, undecoded > 0 {
      notes.append("\(undecoded) of \(media.count) media files could not be decoded.")
    }
    return HTML(notes.map { "<p class=\"note\">\($0)</p>\n" })
  }
}
