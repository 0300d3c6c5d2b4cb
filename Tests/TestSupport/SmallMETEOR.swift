/// Data of METEOR's kind that are ours: small enough to count by hand, with every form of entry.
package enum SmallMETEOR {
  /// The files by their names in the jar, and the paraphrase table beside it.
  package static let files: [String: String] = [
    "function/english.words": "the\na\nof\nis\nin\nas\n",
    "nonbreaking/english.prefixes": "#A comment.\n\nvs\nNo #NUMERIC_ONLY# \n",
    "synonym/english.synsets": """
    boy
    00000001 00000002
    lad
    2
    man
    3
    guy
    3 4
    sofa
    5
    couch
    5
    run
    6
    sprint
    6
    a_b
    7

    """,
    "synonym/english.exceptions": "man\nmen\nrun\nran running\nox\noxen\n",
    "data/paraphrase-en": """
    0.5
    in front of
    before
    0.4
    next to
    beside
    1.0E-4
    tv
    television set
    0.3
    next to
    near
    0.2
    before
    in front of
    0.1
    tv set
    television set
    0.1
    caf\u{E9}
    bar

    """,
  ]

  /// Writes the files as the METEOR distribution has them.
  ///
  /// - Returns: the folder's path.
  @discardableResult
  package static func write(to folder: TemporaryFolder, _ name: String = "meteor") throws -> String
  {
    for (file, text) in files { try folder.write("\(name)/\(file)", text) }
    return folder(name)
  }

  /// The jar: all but the paraphrases.
  package static var jar: [UInt8] {
    var jar = ZipBuilder()
    for (name, text) in files.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("data/") {
      jar.entries.append(.init(name, Array(text.utf8), deflated: true))
    }
    return jar.bytes()
  }

  /// The packed paraphrase table.
  package static var table: [UInt8] {
    Deflate.gzip(Array(files["data/paraphrase-en", default: ""].utf8))
  }

  /// A wheel that holds both.
  package static var wheel: [UInt8] {
    var wheel = ZipBuilder()
    wheel.entries = [
      .init("pycocoevalcap/meteor/meteor-1.5.jar", jar, deflated: true),
      .init("pycocoevalcap/meteor/data/paraphrase-en.gz", table, deflated: true),
      .init("pycocoevalcap/spice/lib/meteor-1.5.jar", Array("another".utf8)),
    ]
    return wheel.bytes()
  }
}
