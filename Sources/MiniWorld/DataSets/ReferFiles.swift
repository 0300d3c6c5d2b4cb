import Records

/// The files of one RefCOCO set: a pickle of the objects that are referred to, and all boxes.
struct ReferFiles: Sendable {
  /// How its phrases are.
  let style: ReferringExpressions.Style
  let images: COCOImages
  /// The split of an image; nil where it is in none.
  let split: @Sendable (Int) -> String?

  /// `refs(unc).p`; RefCOCOg is divided by UMD.
  var fileName: String { style == .sentence ? "refs(umd).p" : "refs(unc).p" }

  /// An object with its phrases.
  struct Referred {
    let scene: Scene
    let object: SceneObject
    let split: String
    let expressions: [ReferringExpression]
    let refID: Int
    let firstSentence: Int

    /// Sentences have ids that count on.
    var sentences: Range<Int> { firstSentence..<firstSentence + expressions.count }
  }

  /// The number of an annotation of `instances.json`.
  static func annotation(_ scene: Scene, _ object: SceneObject) -> Int {
    scene.id * 10 + object.id
  }

  /// Every object that is referred to, in the order of the file.
  ///
  /// - Throws: what the function throws.
  func forEach(_ body: (Referred) throws -> Void) rethrows {
    var refID = 0
    var sentence = 0
    for place in images.scenes.places {
      guard let split = split(place) else { continue }
      let scene = images.scenes[place]
      var expressions = ReferringExpressions(in: scene, style, seed: images.scenes.seed)
      for object in scene.objects where Self.isWanted(object, split) {
        let found = expressions(for: object, style == .sentence ? 2 : 3)
        guard !found.isEmpty else { continue }
        try body(
          Referred(
            scene: scene, object: object, split: split, expressions: found, refID: refID,
            firstSentence: sentence))
        refID += 1
        sentence += found.count
      }
    }
  }

  /// Where COCO's testA refers to people and testB to everything else, ours have round things and
  /// those with corners.
  private static func isWanted(_ object: SceneObject, _ split: String) -> Bool {
    let isRound = [Shape.circle, .ring, .heart].contains(object.shape)
    return split == "testA" ? isRound : split == "testB" ? !isRound : true
  }

  /// Writes the pickle.
  ///
  /// - Throws: `RecordError.writeFailed`
  func refs(to path: String) throws {
    try PickleWriter.list(path) { element in
      try forEach { try element(value($0)) }
    }
  }

  private func value(_ referred: Referred) -> PickleWriter.Value {
    let (scene, object) = (referred.scene, referred.object)
    let sentences = zip(referred.sentences, referred.expressions).map { id, expression in
      PickleWriter.Value.dictionary([
        ("tokens", .list(expression.tokens.map { .string($0) })), ("raw", .string(expression.raw)),
        ("sent_id", .int(id)), ("sent", .string(expression.cleaned)),
      ])
    }
    let name = "COCO_\(images.subset)_\(padded(scene.id, to: 12))_\(referred.refID).jpg"
    return .dictionary([
      ("sent_ids", .list(referred.sentences.map { .int($0) })), ("file_name", .string(name)),
      ("ann_id", .int(Self.annotation(scene, object))), ("ref_id", .int(referred.refID)),
      ("image_id", .int(scene.id)), ("split", .string(referred.split)),
      ("sentences", .list(sentences)), ("category_id", .int(object.shape.category)),
    ])
  }

  /// Writes `instances.json`: the boxes of all objects of the images.
  ///
  /// - Throws: `RecordError.writeFailed`
  func instances(to path: String) throws {
    let scenes = images.scenes
    let places = scenes.places.filter { split($0) != nil }
    try JSONDocument.object(path) { file in
      try COCOFiles.writeInfo("Objects of the mini world", to: file)
      try COCOFiles.writeLicenses(to: file)
      try file.members("images") {
        for place in places { try file.record { $0.image(scenes[place], images.fileName) } }
      }
      try file.members("annotations") {
        for place in places {
          let scene = scenes[place]
          for object in scene.objects { try file.record { $0.annotation(object, of: scene) } }
        }
      }
      try file.members("categories") {
        for shape in Shape.allCases {
          try file.record {
            $0.member("supercategory", "shape")
            $0.member("id", shape.category)
            $0.member("name", shape.rawValue)
          }
        }
      }
    }
  }
}

extension Shape {
  /// Its number among `categories`, from 1.
  fileprivate var category: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

extension JSONWriter {
  /// A record of `annotations`; the outline is that of the box.
  fileprivate mutating func annotation(_ object: SceneObject, of scene: Scene) {
    let box = object.box
    key("segmentation")
    beginArray()
    beginArray()
    for number in [
      box.x, box.y, box.right, box.y, box.right, box.bottom, box.x, box.bottom,
    ] { int(number) }
    endArray()
    endArray()
    member("area", box.area)
    member("iscrowd", 0)
    member("image_id", scene.id)
    member("bbox", [box.x, box.y, box.width, box.height])
    member("category_id", object.shape.category)
    member("id", ReferFiles.annotation(scene, object))
  }
}
