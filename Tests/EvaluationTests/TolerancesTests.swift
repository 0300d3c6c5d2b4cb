import Evaluation
import Testing

/// Tolerances: how they are written, and whose word counts.
@Suite struct TolerancesTests {
  @Test func arguments() throws {
    let tolerances = try #require(
      Tolerances(arguments: ["CIDEr=0.01", "*=1e-3", "acc@0.5=2", "accuracy/other=none", "a=b=1"]))
    #expect(tolerances.tolerance(of: "CIDEr") == .atMost(0.01))
    #expect(tolerances.tolerance(of: "ROUGE_L") == .atMost(0.001))
    #expect(tolerances.tolerance(of: "acc@0.5") == .atMost(2))
    #expect(tolerances.tolerance(of: "accuracy/other") == .notJudged)
    #expect(tolerances.tolerance(of: "a=b") == .atMost(1))
    #expect(Tolerances(arguments: []) == Tolerances())
    #expect(Tolerances().tolerance(of: "x") == nil)
  }

  @Test(arguments: [
    "CIDEr", "CIDEr=", "=1", "", "=", "CIDEr=-0.1", "CIDEr=nan", "CIDEr=inf", "CIDEr=1%",
    "CIDEr=None",
    "CIDEr=0,1", "CIDEr= 1",
  ])
  func wrongArguments(_ argument: String) {
    #expect(Tolerances(arguments: ["x=1", argument]) == nil)
  }

  /// A part of a metric has the tolerance of the whole unless it has its own.
  @Test func parts() {
    let tolerances = Tolerances(
      fallback: .atMost(9), named: ["accuracy": .atMost(1), "accuracy/other": .atMost(2)])
    #expect(tolerances.tolerance(of: "accuracy/number") == .atMost(1))
    #expect(tolerances.tolerance(of: "accuracy/other") == .atMost(2))
    #expect(tolerances.tolerance(of: "accuracy") == .atMost(1))
    #expect(tolerances.tolerance(of: "consistency") == .atMost(9))
  }

  @Test func theCommandLineGoesFirst() {
    let file = Tolerances(
      fallback: .atMost(9), named: ["accuracy": .atMost(1), "CIDEr": .notJudged])
    let named = Tolerances(named: ["accuracy": .atMost(5)]).overriding(file)
    #expect(named.tolerance(of: "accuracy") == .atMost(5))
    #expect(named.tolerance(of: "CIDEr") == .notJudged)
    #expect(named.tolerance(of: "x") == .atMost(9))
    // One for all metrics is for all of them.
    let all = Tolerances(fallback: .atMost(3), named: ["accuracy": .atMost(5)]).overriding(file)
    #expect(all.tolerance(of: "accuracy") == .atMost(5))
    #expect(all.tolerance(of: "CIDEr") == .atMost(3))
    #expect(all.tolerance(of: "x") == .atMost(3))
    #expect(Tolerances().overriding(file) == file)
  }
}
