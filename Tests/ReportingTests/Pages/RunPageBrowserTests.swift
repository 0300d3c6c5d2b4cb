import Datasets
import Evaluation
import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// `report.html` in a real browser, at the width of a phone and of a desktop.
@Suite(.serialized, .enabled(if: HeadlessBrowser.program != nil, HeadlessBrowser.absence))
struct RunPageBrowserTests {
  typealias View = HeadlessBrowser.View

  private static func page() throws -> [UInt8] { try RunPageFixture.page().html() }

  @Test(arguments: [
    View(width: 320, height: 640), .phone, View(width: 768, height: 900), .desktop,
    View(width: 360, height: 740, isDark: true),
  ])
  func fitsTheScreen(_ view: View) throws {
    let results = try HeadlessBrowser.results(
      of: """
        for (const details of $$('details')) details.open = true;
        const wide = $$('body *').filter((element) => !element.closest('.scroll, .hidden, svg')
          && element.getBoundingClientRect().right > innerWidth + 0.5);
        return {inner: innerWidth, scroll: document.documentElement.scrollWidth,
          wide: wide.map((element) => element.outerHTML.slice(0, 120)),
          samples: $$('.sample').length, status: $('.status').textContent,
          back: getComputedStyle(document.body).backgroundColor};
        """, in: Self.page(), view)
    #expect(results["inner"]?.int == view.width)
    #expect((results["scroll"]?.int ?? .max) <= view.width)
    #expect(results["wide"] == [])
    #expect(results["samples"] == 50)
    #expect(results["status"] == "1 to 50 of 120")
    #expect((results["back"] == "rgb(255, 255, 255)") == !view.isDark)
  }

  @Test func filters() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const status = () => $('.status').textContent;
        const texts = (selector) => [...new Set($$(selector).map((one) => one.textContent))];
        const set = (id, value) => {
          const field = document.getElementById(id);
          field.value = value;
          field.dispatchEvent(new Event('change', {bubbles: true}));
        };
        const search = async (text) => {
          $('#text').value = text;
          $('#text').dispatchEvent(new Event('input', {bubbles: true}));
          await wait(400);
        };
        const found = {counts: $$('.verdicts b').map((one) => one.textContent)};
        for (const verdict of ['right', 'partly', 'wrong']) {
          $(`.verdicts [value=${verdict}]`).click();
          found[verdict] = [status(), texts('.sample .verdict')];
        }
        $('.verdicts [value=""]').click();
        found.all = status();
        found.problems = [...$('#problem').options].map((one) => one.textContent);
        set('problem', 'any');
        found.any = [status(), texts('.sample dd:last-child')];
        set('problem', '0');
        found.first = status();
        set('problem', 'none');
        found.none = status();
        set('problem', '');
        await search('ANSWER 11');
        found.search = [status(), $$('.sample h3 a').map((one) => one.textContent)];
        await search('answer nowhere');
        found.nothing = [status(), $$('.sample').length, $$('.pager')[1].hidden];
        await search('');
        found.again = status();
        return found;
        """, in: Self.page())
    #expect(results["counts"] == ["120", "40", "40", "40"])
    #expect(results["right"] == ["1 to 40 of 40", ["right"]])
    #expect(results["partly"] == ["1 to 40 of 40", ["partly right"]])
    #expect(results["wrong"] == ["1 to 40 of 40", ["wrong"]])
    #expect(results["all"] == "1 to 50 of 120")
    #expect(
      results["problems"] == [
        "any or none", "any", "none", "The answer was cut at 30 tokens. (3)",
      ])
    #expect(results["any"] == ["1 to 3 of 3", ["The answer was cut at 30 tokens."]])
    #expect(results["first"] == "1 to 3 of 3")
    #expect(results["none"] == "1 to 50 of 117")
    // Each word is somewhere in a sample; those whose place five divides say something else.
    let wanted = (["1011"] + (1101...1119).filter { $0 % 5 != 0 }.map { "\($0)" })
      .map { JSONValue.string($0) }
    #expect(results["search"] == ["1 to 17 of 17", .array(wanted)])
    #expect(results["nothing"] == ["No sample is like that", 0, true])
    #expect(results["again"] == "1 to 50 of 120")
  }

  @Test func orderAndPages() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const ids = () => $$('.sample h3 a').map((one) => one.textContent);
        const order = (value) => {
          $('#order').value = value;
          $('#order').dispatchEvent(new Event('change', {bubbles: true}));
          return ids();
        };
        const found = {set: ids().slice(0, 3)};
        const [previous, next] = [$('.previous'), $('.next')];
        found.first = [previous.disabled, next.disabled];
        next.click();
        found.second = [$('.status').textContent, ids()[0], previous.disabled];
        $$('.next')[1].click();
        found.third = [$('.status').textContent, ids().length, next.disabled, $$('.next')[1].disabled];
        previous.click();
        found.back = $('.status').textContent;
        found.orders = [...$('#order').options].map((one) => one.textContent);
        found.up = order('up 0').slice(0, 2);
        found.status = $('.status').textContent;
        found.down = order('down 0').slice(0, 2);
        found.id = order('id')[49];
        found.scores = [...new Set($$('.scores').map((one) => one.textContent))];
        return found;
        """, in: Self.page())
    #expect(results["set"] == ["1000", "1001", "1002"])
    #expect(results["first"] == [true, false])
    #expect(results["second"] == ["51 to 100 of 120", "1050", false])
    #expect(results["third"] == ["101 to 120 of 120", 20, true, true])
    #expect(results["back"] == "51 to 100 of 120")
    #expect(
      results["orders"] == [
        "of the data set", "by id", "by accuracy, lowest first", "by accuracy, highest first",
      ])
    // The lowest score first, and of equal ones the first of the set; a new order begins anew.
    #expect(results["up"] == ["1002", "1005"])
    #expect(results["status"] == "1 to 50 of 120")
    #expect(results["down"] == ["1000", "1003"])
    // The id that is no number comes behind those that are, on the last page.
    #expect(results["id"] == "1050")
    #expect(results["scores"]?.array?.contains("accuracy100.00") == true)
  }

  @Test(arguments: ["1110", "a b/ü&<7>"])
  func linkToASample(_ id: String) throws {
    let encoded = try #require(
      id.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let results = try HeadlessBrowser.results(
      of: """
        await wait(300);
        const element = document.getElementById('sample-' + decodeURIComponent('\(encoded)'));
        const {top, bottom} = element.getBoundingClientRect();
        const own = element.querySelector('h3 a');
        const found = {isChosen: element.classList.contains('chosen'),
          isFocused: document.activeElement === element, isInView: top < innerHeight && bottom > 0,
          link: own.hash === location.hash || decodeURIComponent(own.hash.slice(8))};
        // A link from a list that hides the sample shows it all the same.
        $('.verdicts [value=partly]').click();
        location.hash = '#sample-1002';
        await wait(300);
        found.next = [document.activeElement.id, $('.status').textContent];
        return found;
        """, in: Self.page(), View(width: 360, height: 740, fragment: "sample-\(encoded)"))
    #expect(results["isChosen"] == true && results["isFocused"] == true)
    #expect(results["isInView"] == true)
    #expect(results["link"] == true || results["link"] == .string(id))
    #expect(results["next"] == ["sample-1002", "1 to 50 of 120"])
  }

  @Test func unknownFragmentsDoNothing() throws {
    for fragment in ["sample-nobody", "%E0%A4%A", "samples"] {
      let results = try HeadlessBrowser.results(
        of: "return [$('.status').textContent, $$('.chosen').length];", in: Self.page(),
        View(fragment: fragment))
      #expect(results == ["1 to 50 of 120", 0], "\(fragment)")
    }
  }

  @Test func hostileTextsAreTexts() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const found = {title: document.title, scripts: document.scripts.length, texts: []};
        for (let page = 0; page < 3; page += 1) {
          found.texts.push(...$$('.sample dd b').map((one) => one.textContent));
          $('.next').click();
        }
        found.elements = [...new Set($$('.sample *').map((one) => one.localName))].sort();
        return found;
        """, in: Self.page())
    #expect(results["title"] == "attentive on Mini VQA val")
    // Two of the page, its data, and the test's.
    #expect(results["scripts"] == 4)
    let texts = try #require(results["texts"]?.array)
    for hostile in RunPageFixture.hostile {
      #expect(texts.contains(.string(hostile)), "\(hostile.debugDescription)")
    }
    #expect(
      results["elements"] == [
        "a", "b", "dd", "div", "dl", "dt", "h3", "li", "ol", "p", "span", "ul",
      ])
  }

  /// The page's policy holds: a script that it does not name does not run, nothing is fetched.
  @Test func policyHolds() throws {
    #expect(try HeadlessBrowser.run("return 1;", in: Self.page(), isAllowed: false) == nil)
    let results = try HeadlessBrowser.results(
      of: """
        const refused = [];
        addEventListener('securitypolicyviolation',
          (event) => refused.push(event.effectiveDirective));
        const image = new Image();
        image.src = 'http://127.0.0.1:9/x.png';
        document.body.append(image);
        await fetch('http://127.0.0.1:9/').catch(() => {});
        const frame = document.createElement('iframe');
        frame.src = 'http://127.0.0.1:9/';
        document.body.append(frame);
        $('h1').setAttribute('style', 'color:red');
        await wait(500);
        return refused.sort();
        """, in: Self.page())
    #expect(results == ["connect-src", "frame-src", "img-src", "style-src-attr"])
  }

  @Test func sortsTables() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const rows = () => $$('#groups tbody th').map((one) => one.textContent);
        const heads = $$('#groups th[data-sort]');
        const orders = () => heads.map((head) => head.getAttribute('aria-sort') ?? '');
        const found = {before: [rows(), orders()]};
        heads.at(-1).querySelector('button').click();
        found.fewest = [rows(), orders()];
        heads[0].querySelector('button').click();
        found.name = [rows(), orders()];
        heads[1].querySelector('button').click();
        found.value = [rows(), orders()];
        found.buttons = $$('th button').every((one) => one.tabIndex === 0);
        return found;
        """, in: Self.page())
    #expect(results["before"] == [["what color", "how many"], ["", "", "descending"]])
    #expect(results["fewest"] == [["how many", "what color"], ["", "", "ascending"]])
    #expect(results["name"] == [["how many", "what color"], ["ascending", "", ""]])
    #expect(results["value"] == [["what color", "how many"], ["", "descending", ""]])
    #expect(results["buttons"] == true)
  }

  /// Every control has a name and is reached by the tabulator key.
  @Test func controls() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const controls = $$('a[href], button, input, select, summary, .scroll')
          .filter((one) => one.getClientRects().length > 0);
        const nameOf = (one) => one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent
          ?? one.textContent;
        return {count: controls.length,
          unnamed: controls.filter((one) => nameOf(one).trim() === '').length,
          unreachable: controls.filter((one) => one.tabIndex < 0).length,
          ids: $$('[id]').length - new Set($$('[id]').map((one) => one.id)).size};
        """, in: Self.page())
    #expect((results["count"]?.int ?? 0) > 60)
    #expect(results["unnamed"] == 0 && results["unreachable"] == 0 && results["ids"] == 0)
  }

  /// Text stands out from its ground in both colour schemes, by the rule of WCAG 2 for body text.
  @Test(arguments: [false, true]) func contrast(isDark: Bool) throws {
    let results = try HeadlessBrowser.results(
      of: """
        const parse = (color) => color.match(/[\\d.]+/g).map(Number);
        const luminance = (color) => {
          const [r, g, b] = parse(color).map((value) => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (element) => {
          for (let one = element; one; one = one.parentElement) {
            const color = getComputedStyle(one).backgroundColor;
            if (parse(color)[3] !== 0) return color;
          }
          return 'rgb(255, 255, 255)';
        };
        const weak = new Set();
        let count = 0;
        for (const element of $$('body *')) {
          const hasText = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.data.trim() !== '');
          if (!hasText || element.getClientRects().length === 0 || element.disabled) continue;
          count += 1;
          const pair = [luminance(getComputedStyle(element).color), luminance(ground(element))];
          const [dark, light] = pair.sort((a, b) => a - b);
          if ((light + 0.05) / (dark + 0.05) < 4.5) weak.add(element.outerHTML.slice(0, 80));
        }
        return {count, weak: [...weak]};
        """, in: Self.page(), View(isDark: isDark))
    #expect((results["count"]?.int ?? 0) > 500)
    #expect(results["weak"] == [])
  }

  @Test func withoutScripts() throws {
    let document = try HeadlessBrowser.textWithoutScripts(of: Self.page())
    for part in ["52.50", "44.25 to 60.50", "what color", "needs JavaScript, which is off"] {
      #expect(document.contains(part), "\(part)")
    }
    for part in ["Search", "Previous", "answer 1"] { #expect(!document.contains(part), "\(part)") }
  }

  @Test func pictures() throws {
    let folder = try TemporaryFolder()
    let media = try (0..<3).map { place in
      ViewedMedium(
        path: try folder.write("m\(place).jpg", Data(MediaSample.jpeg.bytes)), kind: .image,
        exists: place < 2)
    }
    let page = try RunPageFixture.page(
      RunPageFixture.record(), RunPageFixture.samples(6, media: media), thumbnails: SmallPictures()
    ).html()
    let results = try HeadlessBrowser.results(
      of: """
        await Promise.all($$('.sample img').map((one) => one.decode()));
        return {sizes: $$('.sample img').map((one) => [one.naturalWidth, one.naturalHeight]),
          alternatives: [...new Set($$('.sample img').map((one) => one.alt))],
          absent: $$('.absent').map((one) => one.textContent)};
        """, in: page)
    #expect(results["sizes"] == [[8, 8], [8, 8], [8, 8], [8, 8]])
    #expect(results["alternatives"] == ["m0.jpg", "m1.jpg"])
    #expect(results["absent"] == ["m2.jpg: not found", "m2.jpg: not found"])
  }
}
