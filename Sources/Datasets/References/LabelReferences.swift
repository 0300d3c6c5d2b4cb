import Records

/// Samples with one class each: an entailment label, or whether a statement is true.
public struct LabelReferences: Sendable {
  /// The samples in the order of the file.
  public let ids: [SampleID]
  /// What is resampled as a whole: the image or the image set of each sample.
  public let clusters: [SampleID]
  /// The right class of each sample, as the official files write it.
  public let labels: [String]
  /// All classes, as the official files write them.
  public let classes: [String]
  /// The group of each sample that must be right as a whole (NLVR2's consistency); nil where the
  /// data set has none.
  public let groups: [String]?
  /// Samples of the file that have no right class: they are not scored, and predictions for them
  /// are passed over.
  public let unlabelled: [SampleID]

  /// Puts references together; all lists but the classes have one entry a sample.
  package init(
    ids: [SampleID], clusters: [SampleID], labels: [String], classes: [String],
    groups: [String]? = nil, unlabelled: [SampleID] = []
  ) {
    self.ids = ids
    self.clusters = clusters
    self.labels = labels
    self.classes = classes
    self.groups = groups
    self.unlabelled = unlabelled
  }
}
