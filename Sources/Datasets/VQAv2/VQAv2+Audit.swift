import Foundation
import Records

extension VQAv2 {
  /// Holds questions against annotations, and the questions of test-dev against those of test2015.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    let questionPath = folder.find(split.files["questions"] ?? [])
    // A list names a part of the annotation file: that file has more questions by design.
    let annotationPath =
      split.files["list"] == nil ? folder.find(split.files["annotations"] ?? []) : nil
    let questions = try questionPath.map { try VQAFileIndex(of: $0, list: "questions") }
    let annotations = try annotationPath.map { try VQAFileIndex(of: $0, list: "annotations") }
    var problems: [Problem] = []
    for (path, index) in [(questionPath, questions), (annotationPath, annotations)] {
      if let path, let index { problems += otherSubset(index, path) }
    }
    if let questions, let annotations {
      problems += compare(questions, annotations)
    }
    if let questions, let wholePath = folder.find(split.files["whole"] ?? []) {
      let whole = try VQAFileIndex(of: wholePath, list: "questions")
      let known = Set(whole.questions)
      problems += problem(
        "questions_outside_whole", questions.questions.filter { !known.contains($0) },
        "questions of \(split.name) are not in \(name(of: wholePath)), of which it is a part")
    }
    return problems
  }

  /// A file that says it is of another split than its name does.
  private static func otherSubset(_ index: VQAFileIndex, _ path: String) -> [Problem] {
    guard let subset = index.subset, !subset.isEmpty, !name(of: path).contains(subset) else {
      return []
    }
    return [
      Problem(
        code: "other_split",
        message: "\(name(of: path)) says of itself that it is \(subset) (data_subtype)",
        count: index.questions.count)
    ]
  }

  private static func compare(_ questions: VQAFileIndex, _ annotations: VQAFileIndex) -> [Problem] {
    let asked = Set(questions.questions)
    let images = Dictionary(
      zip(annotations.questions, annotations.images), uniquingKeysWith: { first, _ in first })
    let moved = zip(questions.questions, questions.images).filter { question, image in
      guard let image, let other = images[question] ?? nil else { return false }
      return image != other
    }
    return problem(
      "questions_without_annotations", questions.questions.filter { images[$0] == nil },
      "questions have no annotation")
      + problem(
        "annotations_without_questions", annotations.questions.filter { !asked.contains($0) },
        "annotations have no question")
      + problem(
        "image_differs", moved.map(\.0),
        "questions are of one image in the question file and of another in the annotation file")
  }

  private static func problem(_ code: String, _ ids: [Int], _ message: String) -> [Problem] {
    guard !ids.isEmpty else { return [] }
    return [
      Problem(
        code: code, message: "\(ids.count) \(message)", count: ids.count,
        examples: ids.prefix(3).map(String.init))
    ]
  }

  private static func name(of path: String) -> String {
    URL(fileURLWithPath: path).lastPathComponent
  }
}
