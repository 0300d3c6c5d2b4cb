import Records

/// The set that the repository carries: a part of each data set with a few dozen items.
public struct MiniWorldData: Sendable {
  /// What the committed set was made with.
  public static let standardSeed: UInt64 = 2026

  let valImages: COCOImages
  let trainImages: COCOImages
  let testImages: COCOImages
  let refer: [ReferFiles]
  let flickr: FlickrImages
  let pairs: [NLVR2Files]
  let msrvtt: MSRVTTClips
  let msrvttQuestions: ClipQuestions
  let msvd: MSVDClips
  let msvdQuestions: ClipQuestions
  let vatex: VATEXClips

  /// The set of a seed.
  public init(seed: UInt64 = MiniWorldData.standardSeed) {
    func series(
      _ name: String, _ firstID: Int, _ count: Int, _ kind: SceneSeries.Kind = .pictures
    ) -> SceneSeries {
      SceneSeries(name: name, seed: seed, firstID: firstID, count: count, kind: kind)
    }
    valImages = COCOImages(subset: "val2014", scenes: series("coco val2014", 100_001, 44))
    trainImages = COCOImages(subset: "train2014", scenes: series("coco train2014", 200_001, 36))
    testImages = COCOImages(subset: "test2015", scenes: series("coco test2015", 300_001, 10))
    let images = trainImages
    refer = [
      ReferFiles(style: .any, images: images) { ["val", "testA", "testB"][$0 / 12] },
      ReferFiles(style: .looks, images: images) { ["val", "testA", "testB"][$0 / 12] },
      ReferFiles(style: .sentence, images: images) { $0 < 12 ? "val" : "test" },
    ]
    flickr = FlickrImages(scenes: series("flickr30k", 4_000_000_001, 32)) {
      $0 < 24 ? "test" : "val"
    }
    pairs = [
      NLVR2Files(split: "dev", scenes: series("nlvr2 dev", 1, 16)),
      NLVR2Files(split: "test1", scenes: series("nlvr2 test1", 1, 24)),
    ]
    msrvtt = MSRVTTClips(scenes: series("msrvtt", 7020, 16, .clips))
    msrvttQuestions = ClipQuestions(
      scenes: msrvtt.scenes, perClip: 4, firstID: 170_859, hasCategories: true)
    msvd = MSVDClips(scenes: series("msvd", 1451, 8, .clips))
    msvdQuestions = ClipQuestions(
      scenes: msvd.scenes, perClip: 4, firstID: 37_348, hasCategories: false)
    vatex = VATEXClips(scenes: series("vatex", 1, 12, .clips))
  }

  /// The images of the val2014 part that Karpathy's val and test have, and VQA.
  var askedImages: COCOImages {
    COCOImages(
      subset: valImages.subset,
      scenes: SceneSeries(
        name: valImages.scenes.name, seed: valImages.scenes.seed,
        firstID: valImages.scenes.firstID, count: 40))
  }

  /// Karpathy's split of an image of val2014.
  static func karpathySplit(_ place: Int) -> String {
    place >= 40 ? "restval" : place % 4 == 3 ? "val" : "test"
  }

  /// All pictures and clips.
  public var media: [MediaSeries] {
    [valImages, trainImages, testImages].map(\.media) + [flickr.media] + pairs.map(\.media)
      + [msrvtt.media, msvd.media, vatex.media]
  }

  /// Writes all files but the pictures and clips into a folder.
  ///
  /// - Throws: `RecordError.writeFailed`
  public func writeAnnotations(to root: String) throws {
    let folder = OutputFolder(root: root)
    try COCOFiles.captions(valImages, to: folder.path("coco/annotations/captions_val2014.json"))
    try COCOFiles.captions(
      trainImages, to: folder.path("coco/annotations/captions_train2014.json"))
    try COCOFiles.karpathy(
      [
        COCOFiles.KarpathyPart(
          images: valImages, places: valImages.scenes.places, split: Self.karpathySplit),
        COCOFiles.KarpathyPart(
          images: trainImages, places: trainImages.scenes.places, split: { _ in "train" }),
      ], to: folder.path("coco/dataset_coco.json"))
    try VQAFiles.questions(
      askedImages, subset: "val2014",
      to: folder.path("vqav2/v2_OpenEnded_mscoco_val2014_questions.json"))
    try VQAFiles.annotations(
      askedImages, to: folder.path("vqav2/v2_mscoco_val2014_annotations.json"))
    try VQAFiles.questions(
      testImages, subset: "test-dev2015",
      to: folder.path("vqav2/v2_OpenEnded_mscoco_test-dev2015_questions.json"))
    for files in refer {
      let name = files.style.rawValue
      try files.refs(to: folder.path("\(name)/\(files.fileName)"))
      try files.instances(to: folder.path("\(name)/instances.json"))
    }
    try flickr.karpathy(to: folder.path("flickr30k/dataset_flickr30k.json"))
    try flickr.entailment(split: "val", to: folder.path("snli_ve/snli_ve_dev.jsonl"))
    try flickr.entailment(split: "test", to: folder.path("snli_ve/snli_ve_test.jsonl"))
    for files in pairs { try files.write(to: folder.path("nlvr2/data/\(files.split).json")) }
    try msrvtt.table(to: folder.path("msrvtt/MSRVTT_JSFUSION_test.csv"))
    try msrvttQuestions.write(to: folder.path("msrvtt_qa/test_qa.json"))
    try ClipQuestions.answerList(to: folder.path("msrvtt_qa/train_ans2label.json"))
    try msvdQuestions.write(to: folder.path("msvd_qa/test_qa.json"))
    try ClipQuestions.answerList(to: folder.path("msvd_qa/train_ans2label.json"))
    try msvd.mapping(to: folder.path("msvd_qa/youtube_mapping.txt"))
    try vatex.write(to: folder.path("vatex/vatex_public_test_english_v1.1.json"))
    for system in MadeUpSystem.allCases {
      try MadeUpPredictions(system: system, data: self).write(
        to: OutputFolder(root: "\(root)/predictions/\(system.rawValue)"))
    }
  }
}
