import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// A split in a folder of its own, with the texts that its samples have.
struct MadeSplit: CustomTestStringConvertible, Sendable {
  let name: String
  /// What sets it apart from others of the split.
  var form = "official"
  let files: [(name: String, content: String)]
  var hasRefCOCO = false
  /// The sample's texts as the files have them; nil where none go in.
  let texts: [String?]

  var testDescription: String { "\(name), \(form)" }

  /// Writes the files.
  func folder() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    if hasRefCOCO { try SmallRefCOCO().write(to: scratch) }
    for (name, content) in files { try scratch.write(name, content) }
    return scratch
  }

  /// The adapter, and where it reads.
  func place(
    in scratch: TemporaryFolder
  ) throws -> (any Dataset.Type, DataFolder, BenchmarkSplit) {
    let (card, split) = try BenchmarkName(name).resolve()
    return (
      try DatasetRegistry.dataset(for: card),
      DataFolder(path: scratch.path, folders: card.folders), try #require(split)
    )
  }
}

extension MadeSplit {
  static let questions = #"""
    {"data_subtype": "val2014", "questions": [
     {"image_id": 5, "question": "Is \"it\"\tred\u003f", "question_id": 5001},
     {"question_id": 7000, "question": "caf\u00e9 \ud83d\ude00 or tea?", "image_id": 7},
     {"image_id": 5, "question": "How many?", "question_id": 5000}]}
    """#
  static let annotations = #"""
    {"annotations": [
     {"question_id": 7000, "image_id": 7, "question_type": "what", "answer_type": "other",
      "answers": [{"answer": "tea", "answer_id": 1}]},
     {"question_id": 5000, "image_id": 5, "question_type": "how many", "answer_type": "number",
      "answers": [{"answer": "2", "answer_id": 1}]},
     {"question_id": 5001, "image_id": 5, "question_type": "is", "answer_type": "yes/no",
      "answers": [{"answer": "no", "answer_id": 1}]}]}
    """#
  static let list = #"""
    [{"question_id": 5001, "question": "Is it?", "answer": ["no"], "image": "val2014_img/COCO_val2014_000000000005.jpg",
      "ocr": [[[0.1, 0.2, 0.5, 0.3], "STOP"], [[0, 0, 1, 1], "all-way"]], "object_label": "man&&dog&&man"},
     {"question_id": 7000, "question": "caf\u00e9?", "answer": ["tea"], "object_label": ""},
     {"question_id": 5000, "question": "How many?", "answer": ["2"], "ocr": []}]
    """#
  static let labels = #"""
    [{"question_id": 7000, "label": {"tea": 1}, "sent": "caf\u00e9?", "img_id": "COCO_val2014_000000000007"},
     {"question_id": 5000, "label": {"2": 0.3}, "sent": "How many?"},
     {"question_id": 5001, "label": {"no": 1}, "sent": "Is it?"}]
    """#
  static let pairs = #"""
    {"pairID": "2.jpg#0r1e", "Flickr30K_ID": "2", "gold_label": "entailment", "sentence1": "P.", "sentence2": "A \"dog\"."}
    {"pairID": "1.jpg#0r1n", "Flikr30kID": "1.jpg", "gold_label": "-", "sentence1": "P.", "sentence2": "x"}
    {"sentence2": "\u00e9  b", "pairID": "2.jpg#0r1c", "Flickr30K_ID": "2.jpg", "gold_label": "contradiction"}
    """#
  static let examples = #"""
    {"sentence": "A \"dog\".", "label": "True", "identifier": "dev-1-0-0"}
    {"sentence": "A cat.", "label": "False", "identifier": "dev-1-2-0"}
    {"sentence": "b", "label": "False", "identifier": "dev-1-0-1"}
    """#
  static let karpathy = #"""
    {"images": [{"filepath": "val2014", "split": "test", "cocoid": 9, "filename": "COCO_val2014_000000000009.jpg",
      "sentences": [{"raw": "One. "}, {"raw": "\u00e9"}]},
     {"filepath": "val2014", "split": "val", "cocoid": 2, "filename": "COCO_val2014_000000000002.jpg",
      "sentences": [{"raw": "v"}]},
     {"filepath": "val2014", "split": "test", "cocoid": 4, "filename": "COCO_val2014_000000000004.jpg",
      "sentences": [{"raw": "z"}]}], "dataset": "coco"}
    """#
  static let candidates = #"{"someone": 0, "caf\u00e9": 7, "dog": 1}"#
  static let mapping = "-4wsuPCjDBc_5_15 vid1451\nabc_1_2 vid1970\n"

  /// Every adapter, in each form that has code of its own.
  static let all: [MadeSplit] = [
    MadeSplit(
      name: "vqav2/val",
      files: [
        ("v2_OpenEnded_mscoco_val2014_questions.json", questions),
        ("v2_mscoco_val2014_annotations.json", annotations),
      ], texts: ["café 😀 or tea?", "How many?", "Is \"it\"\tred?"]),
    MadeSplit(
      name: "vqav2/minival", form: "list", files: [("vqa_minival_ocr.json", list)],
      texts: ["Is it?", "café?", "How many?"]),
    MadeSplit(
      name: "vqav2/minival", form: "list with official answers in another order",
      files: [
        ("vqa_minival_ocr.json", list), ("v2_mscoco_val2014_annotations.json", annotations),
        ("minival.json", labels),
      ], texts: ["café?", "How many?", "Is it?"]),
    MadeSplit(
      name: "vqav2/minival", form: "labels", files: [("minival.json", labels)],
      texts: ["café?", "How many?", "Is it?"]),
    MadeSplit(
      name: "vqav2/test-dev", form: "hidden",
      files: [("v2_OpenEnded_mscoco_test-dev2015_questions.json", questions)],
      texts: ["Is \"it\"\tred?", "café 😀 or tea?", "How many?"]),
    MadeSplit(
      name: "vqav2/test-std", form: "hidden with a list",
      files: [
        ("v2_OpenEnded_mscoco_test2015_questions.json", questions),
        ("reference_lists/vqa_test_ocr.json", list),
      ],
      texts: ["Is \"it\"\tred?", "café 😀 or tea?", "How many?"]),
    MadeSplit(
      name: "coco-caption/test", files: [("dataset_coco.json", karpathy)], texts: [nil, nil]),
    MadeSplit(
      name: "coco-retrieval/test", files: [("dataset_coco.json", karpathy)], texts: [nil, nil]),
    MadeSplit(
      name: "coco-retrieval/test", form: "list",
      files: [("coco_test.json", RetrievalAdapterTests.list)], texts: [nil, nil]),
    MadeSplit(
      name: "flickr30k-retrieval/test",
      files: [("dataset_flickr30k.json", RetrievalAdapterTests.flickr)], texts: [nil]),
    MadeSplit(
      name: "msrvtt-retrieval/test",
      files: [
        (
          "MSRVTT_JSFUSION_test.csv",
          "key,vid_key,video_id,sentence\nret0,msr9770,video9770,\"a, \"\"b\"\"\"\n"
            + "ret1,msr9771,video9771,é\n"
        )
      ], texts: [nil, nil]),
    MadeSplit(
      name: "msrvtt-qa/test",
      files: [("test_qa.json", VideoQAFiles.msrvtt), ("train_ans2label.json", candidates)],
      texts: ["what is  it ?", "how", "who"]),
    MadeSplit(
      name: "msrvtt-qa/test", form: "list", files: [("txt/test.jsonl", VideoQAFiles.list)],
      texts: ["what?", "who?"]),
    MadeSplit(
      name: "msvd-qa/test",
      files: [
        ("test_qa.json", VideoQAFiles.msvd), ("train_ans2label.json", candidates),
        ("youtube_mapping.txt", mapping),
      ], texts: ["who?", "what?", "what?"]),
    MadeSplit(
      name: "msvd-qa/test", form: "without mapping", files: [("test_qa.json", VideoQAFiles.msvd)],
      texts: ["who?", "what?", "what?"]),
    MadeSplit(
      name: "nlvr2/dev", files: [("nlvr2/data/dev.json", examples)],
      texts: ["A \"dog\".", "A cat.", "b"]),
    MadeSplit(
      name: "nlvr2/dev", form: "list",
      files: [
        (
          "nlvr_dev.json",
          #"[{"images": ["dev/b.png", "dev/a.png"], "sentence": "\u00e9", "label": "True"},"#
            + #" {"images": ["dev/a.png", "dev/b.png"], "sentence": "s", "label": "False"}]"#
        )
      ], texts: ["é", "s"]),
    MadeSplit(
      name: "refcoco/testA", files: [], hasRefCOCO: true,
      texts: ["man on left", "left guy", "caf\u{e9} owner"]),
    MadeSplit(
      name: "snli-ve/val", files: [("snli_ve_dev.jsonl", pairs)],
      texts: ["A \"dog\".", "é  b"]),
    MadeSplit(
      name: "snli-ve/val", form: "list",
      files: [
        (
          "ve_dev.json",
          #"[{"sentence": "a", "label": "neutral", "image": "7"},"#
            + #" {"sentence": "b", "label": "-", "image": "8"},"#
            + #" {"sentence": "c\n", "label": "entailment", "image": "8"}]"#
        )
      ], texts: ["a", "c\n"]),
    MadeSplit(
      name: "vatex-caption/test", form: "a clip twice",
      files: [
        (
          "vatex_public_test_english_v1.1.json",
          #"[{"videoID": "b_000001_000011", "enCap": ["x"]},"#
            + #" {"videoID": "a_000001_000011", "enCap": ["y"]},"#
            + #" {"videoID": "b_000001_000011", "enCap": ["z"]}]"#
        )
      ], texts: [nil, nil]),
    MadeSplit(
      name: "vatex-caption/private-test", form: "hidden",
      files: [
        (
          "vatex_private_test_without_annotations.json",
          #"[{"videoID": "b_000001_000011"}, {"videoID": "a_000001_000011"}]"#
        )
      ], texts: [nil, nil]),
  ]
}
