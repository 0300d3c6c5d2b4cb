/// SPICE, taken from a program that computes it: the mean of the images' F-scores over scene-graph
/// tuples.
///
/// The suite does not compute it: its tuples come from a parser with trained models, and agreement
/// to the last digit would mean to carry that parser. Values computed elsewhere enter the tables,
/// marked `external` in the signature.
///
/// Source: Anderson et al., "SPICE" (ECCV 2016); the corpus value is numpy's mean of the images', as
/// in `pycocoevalcap/spice/spice.py`.
///
/// Quirks kept: none here; those of the program are in its values.
public struct SPICE: ExternalMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "SPICE", produces: ["SPICE"], title: "SPICE", task: "caption", scale: "0 to 1",
    displayFactor: 100, source: "computed elsewhere: score --external SPICE=FILE",
    summary: "scene-graph tuples in common with the references, from another program")

  /// The metric.
  public init() {}

  /// The one score, from the images' values in the order of the set.
  ///
  /// - Parameter digest: The first digits of the digest of the file with the values.
  /// - Throws: `MetricError.noSamples`.
  public func score(of values: [Double], digest: String) throws -> MetricScore {
    guard !values.isEmpty else { throw MetricError.noSamples(metric: Self.card.name) }
    return MetricScore(
      name: Self.card.name, value: NumpyMean.mean(values), samples: values,
      statistics: .mean(of: values), count: values.count,
      signature: Signature(Self.card.name, ["external": digest, "mean": "images"]))
  }
}
