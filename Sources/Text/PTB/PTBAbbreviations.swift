/// The lexer's lists of abbreviations, without their periods.
///
/// Source: Stanford PTB tokenizer 3.4.1.
enum PTBAbbreviations {
  /// Abbreviations that may end a sentence.
  static let sentenceFinal = PTBPattern.either(
    .words("jan feb mar apr jun jul aug sep sept oct nov dec"),
    .words("mon tue tues wed thu thurs fri"),
    .words("ala ariz calif colo conn ct dak fla ga ind kan kans ky md mich minn mo mont neb nev"),
    .words("okla penn tenn va vt wis wisc wyo"),
    .capitalizedWords("Az Ark Del Ill La Mass Miss Ore Pa Tex Wash"),
    .words("inc co cos corp ltd plc rt bancorp bhd assn univ intl sys"),
    .seq(.words("p pp"), "t", .any("ye"), .optional("s")),
    .words("tel est ext sq jr sr bros ed.d ph.d blvd rd esq etc al seq bldg"))

  /// Abbreviations that are followed by more of the sentence, and every acronym.
  static let sentenceInternal = PTBPattern.either(
    .words("mr mrs ms dr drs prof profs sen sens rep reps atty attys lt col gen messrs gov govs"),
    .capitalized("Miss"),
    .words("adm rev maj sgt cpl pvt capt st ste ave pres lieut hon brig cmdr comdr pfc spc supt"),
    .words("supts det mt ft adj adv asst assoc ens insp mlle mme msgr sfc vs alex wm jos cie"),
    .words("a.k.a cf treas ph invt elec natl dept"),
    .seq("m", .any("ft"), "g"),
    PTBPieces.acronym)

  /// Abbreviations before numbers.
  static let beforeNumber = PTBPattern.words("ca fig figs prop no nos art bldg pp op")

  /// What a sentence begins with after an acronym that ends one: a word or a tag.
  static let sentenceStarter = PTBPattern.either(
    .capitalizedWords("About According Additionally After An A As At But Earlier He Her Here"),
    .capitalizedWords("However If In It Last Many More Mr. Ms. Now Once One Other Our She Since"),
    .capitalizedWords("So Some Such That The Their Then There These They This We When While What"),
    .capitalizedWords("Yet You"),
    PTBPieces.tag)

  /// File name extensions.
  static let fileExtension = PTBPattern.either(
    .words("bat bmp c class cgi cpp dll doc docx exe gif gz h htm html jar java jpeg jpg mov mp3"),
    .words("pdf php pl png ppt ps py sql tar txt wav x xml zip"))
}
