import Foundation
import Metrics
import Testing

@Suite("Numbers of Python and numpy")
struct NumbersTests {
  /// Values of Python 3.11's `round(x, 2)`.
  @Test(arguments: [
    (2.675, 2.67), (0.125, 0.12), (0.375, 0.38), (1.005, 1.0), (75.4583333333331, 75.46),
    (100, 100), (33.335, 33.34), (-0.005, -0.01), (-0.0025, 0), (1e-09, 0), (0.285, 0.28),
    (4503599627370495.5, 4503599627370495.5), (12345678901234.564, 12345678901234.56),
    (.leastNonzeroMagnitude, 0),
  ])
  func round(_ value: Double, _ expected: Double) {
    #expect(PythonRound.round(value, digits: 2) == expected)
  }

  @Test func roundingAgreesWithPrinting() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<20000 {
      let value = Double(generator.index(below: 1_000_001)) / 10000 * 1.0000001
      let printed = try #require(Double(String(format: "%.2f", value)))
      #expect(PythonRound.round(value, digits: 2) == printed)
    }
    #expect(PythonRound.round(2.5, digits: 0) == 2)
    #expect(PythonRound.round(.infinity, digits: 2) == .infinity)
    #expect(PythonRound.round(.nan, digits: 2).isNaN)
  }

  /// Values of numpy 2.4: `numpy.mean(numpy.array([1 / (i + 1) for i in range(n)]))`.
  @Test(arguments: [
    (1, 1.0), (5, 0.45666666666666667), (7, 0.37040816326530607), (8, 0.3397321428571428),
    (9, 0.31432980599647264), (15, 0.22121526621526624), (16, 0.2112955620768121),
    (127, 0.04271917002038718), (128, 0.04244646166085291), (129, 0.042177511864912164),
    (130, 0.04191224106358443), (255, 0.02400172044242071), (1000, 0.007485470860550345),
    (4099, 0.0021702454163008184), (40504, 0.0002761797359016465),
  ])
  func mean(_ count: Int, _ expected: Double) {
    #expect(NumpyMean.mean((0..<count).map { 1 / Double($0 + 1) }) == expected)
  }
}
