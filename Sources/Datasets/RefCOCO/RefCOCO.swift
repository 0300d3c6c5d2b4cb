import Metrics
import Records

/// RefCOCO, RefCOCO+ and RefCOCOg: the refer toolkit's files (`refs(unc).p` with `instances.json`),
/// and the lists of TransVG that the reference project reads (`unc_testA.pth`).
///
/// One sample an expression. Its id is the `sent_id`; in a list, which has none, its place.
///
/// Source: `lichengunc/refer`, `djiajunustc/TransVG`, `X-PLUG/mPLUG`.
public enum RefCOCO: Dataset {
  /// The name that cards use.
  public static let name = "refcoco"
  /// What is asked of a model.
  public static let task = BenchmarkTask.grounding

  /// Reads the references of a split: from the refer files where they are there, else from a list.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`, `PickleError`, `ArchiveError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let (expressions, files) = try expressions(under: folder, split: split)
    return set(expressions, files, label: split.label)
  }

  /// The images of a split, by the split's naming rule: all are of train2014.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard let template = split.media.flatMap(MediaTemplate.init) else { return [] }
    let images = try expressions(under: folder, split: split).expressions.map(\.image)
    return template.references(of: images, kind: .image)
  }

  /// The expressions of a split: the cleaned phrase (`sent`), as the reference project's lists have
  /// it, and its image.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let (expressions, files) = try expressions(under: folder, split: split)
    let set = set(expressions, files, label: split.label)
    let media = try SampleMedia(
      of: expressions.map(\.image), kind: .image, split: split, adapter: name)
    return SampleSet(
      ids: set.ids, media, texts: expressions.map(\.phrase), files: files, problems: set.problems)
  }

  /// Reads files of either kind: refs with their `instances.json`, in any order, or lists, with an
  /// `instances.json` too if sizes of images are wanted. Several lists count on.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    var refs: [String] = []
    var lists: [String] = []
    var instances: [String] = []
    for path in paths {
      switch try RefCOCOFileKind(of: path) {
      case .refs: refs.append(path)
      case .list: lists.append(path)
      case .instances: instances.append(path)
      }
    }
    guard refs.count + lists.count > 0, refs.isEmpty || lists.isEmpty, refs.count < 2,
      instances.count < 2, refs.isEmpty || !instances.isEmpty
    else {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "),
        expected: "a refs file with its instances.json, or lists",
        found: "\(refs.count) refs files, \(instances.count) instances.json, \(lists.count) lists",
        remedy: "give refs(unc).p and instances.json of one data set, or lists such as "
          + "unc_testA.pth")
    }
    if let path = refs.first {
      let (expressions, files) = try read(path, instances: instances[0], split: nil)
      return set(expressions, files, label: label)
    }
    let (expressions, files) = try readLists(lists, sizesFrom: instances.first)
    return set(expressions, files, label: label)
  }

  private static func readLists(
    _ paths: [String], sizesFrom instances: String?
  ) throws -> (expressions: [RefCOCOExpression], files: [SourceFile]) {
    var expressions: [RefCOCOExpression] = []
    var files: [SourceFile] = []
    for path in paths {
      let (more, file) = try TransVGList.read(path, from: expressions.count)
      expressions += more
      files.append(file)
    }
    guard let instances else { return (expressions, files) }
    let images = Set(expressions.compactMap(\.imageNumber))
    let (content, file) = try InstancesFile.read(instances, annotations: [], images: images)
    files.append(file)
    let sized = expressions.map { $0.sized(by: content) }
    return (sized, files)
  }

  /// The expressions of a split, with phrases and image names.
  ///
  /// - Throws: as `references(under:split:)`.
  package static func expressions(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> (expressions: [RefCOCOExpression], files: [SourceFile]) {
    let places = RefCOCOFiles(folder: folder, split: split)
    if let (refs, instances) = try places.refs() {
      return try read(refs, instances: instances, split: split.official ?? split.name)
    }
    guard let list = places.list() else { throw places.missing() }
    let (expressions, file) = try TransVGList.read(list)
    return (expressions, [file])
  }

  private static func read(
    _ refs: String, instances: String, split: String?
  ) throws -> (expressions: [RefCOCOExpression], files: [SourceFile]) {
    let (content, file) = try ReferFile.read(refs, split: split)
    let (objects, source) = try InstancesFile.read(
      instances, annotations: Set(content.references.map(\.annotationID)),
      images: Set(content.references.map(\.imageID)))
    return (try content.expressions(with: objects, at: instances), [file, source])
  }

  private static func set(
    _ expressions: [RefCOCOExpression], _ files: [SourceFile], label: String
  ) -> ReferenceSet {
    let references = BoxReferences(expressions)
    let hasNoIDs = references.refIDs == nil
    let problem = Problem(
      code: "made_ids",
      message: "the list has no sent_id: an expression's id is its place in the list, from 0 on",
      count: expressions.count)
    return ReferenceSet(
      content: .boxes(references), files: files, label: label,
      problems: hasNoIDs ? [problem] : [])
  }
}

extension RefCOCOExpression {
  /// The image's id where it is a number.
  fileprivate var imageNumber: Int? {
    if case .int(let number) = image { number } else { nil }
  }

  fileprivate func sized(by instances: InstancesFile) -> RefCOCOExpression {
    let size: PixelSize? =
      if let imageNumber { instances.images[imageNumber]?.size } else { nil }
    return RefCOCOExpression(
      id: id, refID: refID, split: split, image: image, imageName: imageName, imageSize: size,
      phrase: phrase, box: box)
  }
}
