import Media
import Models
import Testing

/// What a protocol states, and that all of it is in the signature.
@Suite struct TaskProtocolTests {
  @Test func signaturesOfTheReference() {
    func signature(_ task: ModelTask, _ resolution: Int) -> String {
      TaskProtocol.standard(task, resolution: resolution).signature
    }
    #expect(
      signature(.vqa, 384)
        == "vqa|res:384|image:square-bicubic-clip|text:none|ids:all|pad:longest|ocr:30|objects:yes"
        + "|beams:5|min:1|max:10|alpha:0.6|Q3:kept")
    #expect(
      signature(.caption, 336)
        == "caption|res:336|image:square-bicubic-clip|beams:5|min:8|max:25|alpha:0.6|Q3:kept")
    #expect(
      signature(.retrieval, 336)
        == "retrieval|res:336|image:square-bicubic-clip|text:caption|words:30|ids:30|pad:full"
        + "|k:256|score:itm")
    #expect(
      signature(.grounding, 336)
        == "grounding|res:336|image:letterbox-bilinear-imagenet|text:phrase|ids:20|pad:full"
        + "|end:sep|bins:336|Q7:kept|Q8:kept")
    #expect(
      signature(.entailment, 384)
        == "entailment|res:384|image:square-bicubic-clip|text:caption|words:30|ids:all|pad:longest"
        + "|classes:contradiction,neutral,entailment|convention:ALBEF")
    #expect(
      signature(.reasoning, 384)
        == "reasoning|res:384|image:square-bicubic-clip|text:caption|words:30|ids:all|pad:longest"
        + "|classes:False,True|convention:ALBEF")
    #expect(
      signature(.videoRetrieval, 224)
        == "video-retrieval|res:224|frames:12|video:square-swscale-clip|text:caption|words:40"
        + "|ids:35|pad:full|k:128|score:itm+sim|Q6:kept|Q13:kept")
    #expect(
      signature(.videoQA, 480)
        == "video-qa|res:480|frames:16|video:square-swscale-clip|text:none|ids:all|pad:longest"
        + "|rank:128|answers:-|Q5:kept|Q6:kept|Q13:kept")
    #expect(
      signature(.videoCaption, 448)
        == "video-caption|res:448|frames:8|video:square-swscale-clip|beams:10|min:15|max:25"
        + "|alpha:0.6|prompt:a_picture_of|tidy:vatex|Q3:kept|Q4:kept|Q6:kept|Q13:kept")
  }

  /// Each change of a protocol changes its signature, and no two changes give the same.
  @Test(arguments: ModelTask.allCases)
  func everyFieldIsInTheSignature(_ task: ModelTask) throws {
    let standard = TaskProtocol.standard(task, resolution: 64)
    var variants = [standard]
    func change(_ body: (inout TaskProtocol) -> Void) {
      var copy = standard
      body(&copy)
      if copy != standard { variants.append(copy) }
    }
    change { $0.resolution = 65 }
    if standard.frames == nil {
      change { $0.shape = $0.shape == .square ? .letterbox : .square }
    } else {
      change { $0.frames = 3 }
    }
    if let text = standard.text {
      change { $0.text?.cleaning = text.cleaning == TextRule.Cleaning.none ? .phrase : .none }
      change { $0.text?.words = 7 }
      change { $0.text?.ids = 7 }
      change { $0.text?.padding = text.padding == .full ? .longest : .full }
      change { $0.text?.endsWithSeparator = !text.endsWithSeparator }
      change { $0.text?.ocrWords = 7 }
      change { $0.text?.addsObjects = !text.addsObjects }
    }
    for output in Self.changes(of: standard.output) { change { $0.output = output } }
    for quirk in standard.quirks { change { $0.corrected = [quirk] } }
    let signatures = Set(variants.map(\.signature))
    #expect(signatures.count == variants.count)
    #expect(variants.count > 5)
    for variant in variants { #expect(!variant.signature.contains("\n")) }
  }

  private static func changes(of output: OutputRule) -> [OutputRule] {
    switch output {
    case .text(let rule):
      return [
        { $0.beams = 3 }, { $0.minLength = 2 }, { $0.maxLength = 11 },
        { $0.lengthExponent = 0.5 }, { $0.prompt = "see" }, { $0.isTidied.toggle() },
      ].map { (change: (inout GenerationRule) -> Void) in
        var rule = rule
        change(&rule)
        return .text(rule)
      }
    case .ranking(let rule):
      return [{ $0.kept = 5 }, { $0.answersDigest = "0123456789" }].map {
        (change: (inout RankingRule) -> Void) in
        var rule = rule
        change(&rule)
        return .ranking(rule)
      }
    case .matching(let rule):
      return [{ $0.shortlist = 5 }, { $0.addsSimilarity.toggle() }].map {
        (change: (inout MatchingRule) -> Void) in
        var rule = rule
        change(&rule)
        return .matching(rule)
      }
    case .box: return []
    case .classes(let rule):
      return [{ $0.labels.reverse() }, { $0.convention = "ours" }].map {
        (change: (inout ClassRule) -> Void) in
        var rule = rule
        change(&rule)
        return .classes(rule)
      }
    }
  }

  /// What a user writes stays on its line and in its field, and differs where it differed.
  @Test func textsOfTheUser() {
    var settings = TaskProtocol.standard(.caption, resolution: 64)
    let prompts = ["a b", "a_b", "a|b", "a%7Cb", "a\tb", "é", "a,b", "A b", "a  b"]
    let signatures = prompts.map { prompt in
      settings.output = .text(
        GenerationRule(beams: 5, minLength: 8, maxLength: 25, prompt: prompt))
      return settings.signature
    }
    #expect(Set(signatures).count == prompts.count)
    for signature in signatures {
      #expect(signature.unicodeScalars.allSatisfy { (0x21..<0x7F).contains($0.value) })
      #expect(signature.split(separator: "|").count == 10)
    }
    var entailment = TaskProtocol.standard(.entailment, resolution: 64)
    entailment.output = .classes(ClassRule(labels: ["a,b", "c"], convention: "x"))
    let one = entailment.signature
    entailment.output = .classes(ClassRule(labels: ["a", "b,c"], convention: "x"))
    #expect(entailment.signature != one)
  }

  @Test func quirksThatPlayNoPartAreNotMentioned() {
    for task in ModelTask.allCases {
      var standard = TaskProtocol.standard(task, resolution: 64)
      let signature = standard.signature
      standard.corrected = Set(Quirk.allCases).subtracting(standard.quirks)
      #expect(standard.signature == signature)
    }
  }

  @Test func whatMakesTensors() {
    var grounding = TaskProtocol.standard(.grounding, resolution: 64)
    #expect(grounding.imageTransform.statistics == .imagenet)
    #expect(grounding.imageTransform.shape == .letterbox)
    #expect(grounding.videoSampler() == nil)
    grounding.corrected = [.q7]
    #expect(grounding.imageTransform.statistics == .clip)
    #expect(TaskProtocol.standard(.vqa, resolution: 64).imageTransform.shape == .square)
    var video = TaskProtocol.standard(.videoQA, resolution: 32)
    #expect(video.videoSampler()?.count == 16 && video.videoSampler()?.rule == .uniform)
    #expect(video.videoSampler()?.size == .square(32, .swscale))
    let dark = [RGBImage(width: 1, height: 1, bytes: [1, 0, 1])]
    let kept = try? video.frameNormalization.tensor(of: dark, file: "dark")
    video.corrected = [.q6, .q13]
    #expect(video.videoSampler()?.rule == .spread)
    let divided = try? video.frameNormalization.tensor(of: dark, file: "dark")
    #expect(kept != nil && divided != nil && kept != divided)
  }

  @Test func rankingAndGenerating() {
    let video = TaskProtocol.standard(.videoQA, resolution: 32)
    #expect(video.generating.signature.contains("|beams:5|min:1|max:10|alpha:0.6|Q3:kept|Q6"))
    let one = video.ranking(["yes", "no"])
    #expect(one.signature.contains("|rank:128|answers:"))
    #expect(one.signature != video.ranking(["yesno"]).signature)
    #expect(one.signature != video.ranking(["no", "yes"]).signature)
    #expect(one.signature != video.ranking(["yes", "no"], kept: 2).signature)
    #expect(one == video.ranking(["yes", "no"]))
    let vqa = TaskProtocol.standard(.vqa, resolution: 32).ranking(["yes"], kept: 9)
    #expect(vqa.signature.contains("|rank:9|answers:") && vqa.quirks == [.q5])
  }

  /// Features are shared by tasks that see the same, and by no others.
  @Test func featureSignatures() {
    func signature(_ task: ModelTask, _ resolution: Int = 64) -> String {
      TaskProtocol.standard(task, resolution: resolution, frames: 4).featureSignature
    }
    #expect(signature(.vqa) == "res:64|image:square-bicubic-clip")
    #expect(signature(.vqa) == signature(.caption) && signature(.vqa) == signature(.reasoning))
    #expect(signature(.vqa) != signature(.vqa, 65))
    #expect(signature(.vqa) != signature(.grounding))
    #expect(signature(.vqa) != signature(.retrieval))
    #expect(signature(.videoQA) == signature(.videoCaption))
    #expect(signature(.videoQA) != signature(.videoRetrieval))
    var corrected = TaskProtocol.standard(.videoQA, resolution: 64, frames: 4)
    corrected.corrected = [.q5]
    #expect(corrected.featureSignature == signature(.videoQA))
    for quirk in [Quirk.q6, .q13] {
      corrected.corrected = [quirk]
      #expect(corrected.featureSignature != signature(.videoQA))
    }
  }
}
