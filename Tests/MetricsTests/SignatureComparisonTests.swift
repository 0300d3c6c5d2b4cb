import Metrics
import Testing

/// Which signatures are of numbers that can be compared.
@Suite("Signature comparison") struct SignatureComparisonTests {
  private static let text =
    "CIDEr-D|nrefs:5|tok:ptb-3.4.1|n:4|sigma:6|df:corpus|split:test@1a2b3c4d|n:5000|v:0.1.0"

  private func differences(_ changed: String, with other: String) -> [String] {
    Signature(parsing: Self.text).differences(
      from: Signature(parsing: Self.text.replacing(changed, with: other)))
  }

  @Test func readsWhatItPrints() {
    let signature = Signature(parsing: Self.text)
    #expect(signature.description == Self.text)
    #expect(signature.metric == "CIDEr-D")
    #expect(signature["n"] == "4")
    #expect(signature["df"] == "corpus")
    #expect(signature["gone"] == nil)
    #expect(Signature(parsing: "split:a:b|x:y:z")["x"] == "y:z")
    for odd in ["", "|", "a|b", "a|:", "a||c:d"] {
      #expect(Signature(parsing: odd).metric == odd.prefix { $0 != "|" })
    }
  }

  @Test func equalOnes() {
    #expect(differences("", with: "").isEmpty)
    // How many samples there are and how many references those have is the set's, not the way.
    #expect(differences("|n:5000|", with: "|partial:10/5000|").isEmpty)
    #expect(differences("|n:5000|", with: "|n:4999|").isEmpty)
    #expect(differences("nrefs:5", with: "nrefs:4-6").isEmpty)
    let external = Signature(parsing: "SPICE|external:11111111|mean:images|split:a@1|n:5|v:0.1.0")
    let other = Signature(parsing: "SPICE|external:22222222|mean:images|split:a@1|n:5|v:0.1.0")
    #expect(external.differences(from: other).isEmpty)
  }

  @Test(arguments: [
    ("CIDEr-D", "CIDEr", "CIDEr-D against CIDEr"),
    ("|n:4|", "|n:3|", "n:4 against 3"),
    ("v:0.1.0", "v:0.2.0", "v:0.1.0 against 0.2.0"),
    ("df:corpus", "df:1a2b", "df:corpus against 1a2b"),
    ("@1a2b3c4d", "@ffffffff", "split:test@1a2b3c4d against test@ffffffff"),
    ("|sigma:6", "", "sigma:6 against -"),
    ("|sigma:6", "|sigma:6|refs:lower", "refs:- against lower"),
  ])
  func otherWays(_ changed: String, _ other: String, _ words: String) {
    #expect(differences(changed, with: other) == [words])
  }
}
