import Records

/// Training splits of any size, in the files that the data sets have for them.
///
/// Of each set of pictures there are as many scenes as asked for, of each set of clips an eighth:
/// a clip has many pictures.
public struct TrainingData: Sendable {
  let images: COCOImages
  let refer: [ReferFiles]
  let flickr: FlickrImages
  let pairs: NLVR2Files
  let msrvtt: MSRVTTClips
  let msrvttQuestions: ClipQuestions
  let msvd: MSVDClips
  let msvdQuestions: ClipQuestions
  let vatex: VATEXClips

  /// - Parameters:
  ///   - scenes: pictures of each data set of pictures, from 1.
  ///   - seed: the sequence of names differs from that of the committed set, so that no scene of
  ///     one stands in the other.
  public init(scenes: Int, seed: UInt64 = MiniWorldData.standardSeed) {
    let clips = max(1, scenes / 8)
    func series(
      _ name: String, _ firstID: Int, _ count: Int, _ kind: SceneSeries.Kind = .pictures
    ) -> SceneSeries {
      SceneSeries(name: "train " + name, seed: seed, firstID: firstID, count: count, kind: kind)
    }
    images = COCOImages(subset: "train2014", scenes: series("coco", 1_000_001, scenes))
    let images = self.images
    refer = [ReferringExpressions.Style.any, .looks, .sentence].map {
      ReferFiles(style: $0, images: images) { _ in "train" }
    }
    flickr = FlickrImages(scenes: series("flickr30k", 5_000_000_001, scenes)) { _ in "train" }
    let sets = max(1, scenes / (2 * NLVR2Files.pairsOfSet))
    pairs = NLVR2Files(
      split: "train", scenes: series("nlvr2", 1, sets * 2 * NLVR2Files.pairsOfSet))
    msrvtt = MSRVTTClips(scenes: series("msrvtt", 0, clips, .clips))
    msrvttQuestions = ClipQuestions(
      scenes: msrvtt.scenes, perClip: 6, firstID: 0, hasCategories: true)
    msvd = MSVDClips(scenes: series("msvd", 1, clips, .clips))
    msvdQuestions = ClipQuestions(
      scenes: msvd.scenes, perClip: 6, firstID: 0, hasCategories: false)
    vatex = VATEXClips(scenes: series("vatex", 1_000_001, clips, .clips))
  }

  /// All pictures and clips, set by set.
  public var media: [MediaSeries] {
    [images.media, flickr.media, pairs.media, msrvtt.media, msvd.media, vatex.media]
  }

  /// Writes all files but the pictures and clips into a folder.
  ///
  /// - Throws: `RecordError.writeFailed`
  public func writeAnnotations(to root: String) throws {
    let folder = OutputFolder(root: root)
    try COCOFiles.captions(images, to: folder.path("coco/annotations/captions_train2014.json"))
    try COCOFiles.karpathy(
      [
        COCOFiles.KarpathyPart(images: images, places: images.scenes.places) { _ in "train" }
      ], to: folder.path("coco/dataset_coco.json"))
    try VQAFiles.questions(
      images, subset: "train2014",
      to: folder.path("vqav2/v2_OpenEnded_mscoco_train2014_questions.json"))
    try VQAFiles.annotations(images, to: folder.path("vqav2/v2_mscoco_train2014_annotations.json"))
    for files in refer {
      let name = files.style.rawValue
      try files.refs(to: folder.path("\(name)/\(files.fileName)"))
      try files.instances(to: folder.path("\(name)/instances.json"))
    }
    try flickr.karpathy(to: folder.path("flickr30k/dataset_flickr30k.json"))
    try flickr.entailment(split: "train", to: folder.path("snli_ve/snli_ve_train.jsonl"))
    try pairs.write(to: folder.path("nlvr2/data/train.json"))
    try msrvtt.list(to: folder.path("msrvtt/MSRVTT_train.9k.csv"))
    try msrvtt.info(split: "train", to: folder.path("msrvtt/train_val_videodatainfo.json"))
    try msrvttQuestions.write(to: folder.path("msrvtt_qa/train_qa.json"))
    try ClipQuestions.answerList(to: folder.path("msrvtt_qa/train_ans2label.json"))
    try msvdQuestions.write(to: folder.path("msvd_qa/train_qa.json"))
    try ClipQuestions.answerList(to: folder.path("msvd_qa/train_ans2label.json"))
    try msvd.mapping(to: folder.path("msvd_qa/youtube_mapping.txt"))
    try vatex.write(to: folder.path("vatex/vatex_training_v1.0.json"))
  }
}
