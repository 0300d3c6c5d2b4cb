import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Media in the layouts in which users have them.
@Suite struct MediaLocatorTests {
  private static let name = "COCO_val2014_000000391895.jpg"

  private func image(_ path: String) -> MediaReference {
    MediaReference(id: .string(path), path: path, kind: .image)
  }

  private func clip(_ path: String) -> MediaReference {
    MediaReference(id: .string(path), path: path, kind: .video)
  }

  private func locate(
    _ references: MediaReference..., in scratch: TemporaryFolder,
    folders: [String] = [".", "data/coco"]
  ) throws -> MediaLocation {
    try MediaLocator(data: scratch.path, mediaFolders: folders).locate(references)
  }

  @Test(arguments: [
    "val2014/\(name)", "coco/val2014/\(name)", "val2014_img/\(name)", "images/val2014/\(name)",
    "images/\(name)", name, "data/coco/val2014/\(name)", "data/coco/\(name)",
    "val2017/000000391895.jpg", "train2017/000000391895.jpg", "coco/train2017/000000391895.jpg",
    "images/000000391895.jpg", "000000391895.jpg",
  ])
  func layoutsOfCOCO(_ place: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(place, "x")
    let location = try locate(image("val2014/\(Self.name)"), in: scratch)
    #expect(location.found.map(\.path) == [path])
    #expect(location.missing.isEmpty)
    // Another image of the same folder is not there.
    let other = image("val2014/COCO_val2014_000000000042.jpg")
    #expect(try locate(other, in: scratch).missing == [other])
  }

  /// The lists of the reference project name the folder by its own name for it.
  @Test(arguments: ["val2014", "val2014_img"]) func theReferenceProjectsFolder(_ have: String)
    throws
  {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("coco_2014/\(have)/\(Self.name)", "x")
    for named in ["val2014", "val2014_img"] {
      let location = try locate(
        image("\(named)/\(Self.name)"), in: scratch, folders: ["coco_2014"])
      #expect(location.found.map(\.path) == [path])
    }
  }

  @Test func aTestImageHasNoNameAmongValidationImages() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("val2017/000000000016.jpg", "x")
    let reference = image("test2015/COCO_test2015_000000000016.jpg")
    #expect(try locate(reference, in: scratch).missing == [reference])
    let path = try scratch.write("test2017/000000000016.jpg", "x")
    #expect(try locate(reference, in: scratch).found.map(\.path) == [path])
  }

  @Test func onlyCOCOHasNamesOf2017() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("images/1007129816.jpg", "x")
    let flickr = image("flickr30k-images/1007129816.jpg")
    #expect(try locate(flickr, in: scratch).found.map(\.path) == [scratch("images/1007129816.jpg")])
    let other = image("flickr30k-images/Entities_1007129816.jpg")
    #expect(try locate(other, in: scratch).missing == [other])
  }

  @Test func theDataSetsOwnPathComesFirst() throws {
    let scratch = try TemporaryFolder()
    for place in [Self.name, "images/\(Self.name)", "val2017/000000391895.jpg"] {
      try scratch.write(place, "x")
    }
    let path = try scratch.write("data/coco/val2014/\(Self.name)", "x")
    let location = try locate(image("val2014/\(Self.name)"), in: scratch)
    #expect(location.found.map(\.path) == [path])
  }

  @Test func nestedFolders() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("dev/dev-0-0-img0.png", "x")
    let location = try locate(image("images/dev/dev-0-0-img0.png"), in: scratch)
    #expect(location.found.map(\.path) == [path])
  }

  @Test(arguments: ["avi", "mp4", "mkv", "webm"]) func containersOfClips(_ have: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("videos/-4wsuPCjDBc_5_15.\(have)", "x")
    let reference = clip("YouTubeClips/-4wsuPCjDBc_5_15.avi")
    #expect(try locate(reference, in: scratch).found.map(\.path) == [path])
    let other = clip("YouTubeClips/-4wsuPCjDBc_5_16.avi")
    #expect(try locate(other, in: scratch).missing == [other])
    // Images are not looked for under other endings.
    let still = image("YouTubeClips/-4wsuPCjDBc_5_15.png")
    #expect(try locate(still, in: scratch, folders: ["videos"]).missing == [still])
  }

  @Test func ownContainerComesFirst() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("YouTubeClips/a.mp4", "x")
    let path = try scratch.write("videos/a.avi", "x")
    #expect(try locate(clip("YouTubeClips/a.avi"), in: scratch).found.map(\.path) == [path])
  }

  @Test func linksAreFollowedAndFoldersAreNoFiles() throws {
    let scratch = try TemporaryFolder()
    let files = FileManager.default
    try scratch.write("store/1.jpg", "x")
    try scratch.write("linked/readme", "x")
    try files.createSymbolicLink(
      atPath: scratch("linked/1.jpg"), withDestinationPath: scratch("store/1.jpg"))
    try files.createSymbolicLink(
      atPath: scratch("linked/2.jpg"), withDestinationPath: scratch("store/2.jpg"))
    try files.createDirectory(
      atPath: scratch("linked/3.jpg"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: scratch("linked/4.jpg"), withDestinationPath: scratch("store"))
    try files.createSymbolicLink(
      atPath: scratch("pictures"), withDestinationPath: scratch("linked"))
    let references = (1...4).map { image("pictures/\($0).jpg") }
    let location = try MediaLocator(data: scratch.path, mediaFolders: ["."]).locate(references)
    #expect(location.found.map(\.path) == [scratch("pictures/1.jpg")])
    #expect(location.found.map(\.reference) == [references[0]])
    #expect(location.missing == Array(references.dropFirst()))
  }

  @Test func saysWhereItLooked() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("coco/val2014/readme", "x")
    let location = try locate(image("val2014/\(Self.name)"), in: scratch, folders: [".", "coco"])
    let tried = location.triedLayouts
    #expect(tried.first?.folder == scratch("val2014"))
    #expect(tried.first?.exists == false)
    #expect(
      tried.filter(\.exists).map(\.folder) == [
        scratch("coco/val2014"), scratch.path, scratch("coco"),
      ])
    for folder in ["val2014_img", "images/val2014", "val2017", "train2017"] {
      #expect(tried.contains { $0.folder == scratch(folder) && !$0.exists })
    }
    #expect(Set(tried.map(\.folder)).count == tried.count)
  }

  @Test func manyFilesInTheOrderAskedFor() throws {
    let scratch = try TemporaryFolder()
    for id in stride(from: 0, to: 200, by: 2) { try scratch.write("images/\(id).jpg", "x") }
    let references = (0..<200).reversed().map { image("images/\($0).jpg") }
    let location = try MediaLocator(data: scratch.path + "/", mediaFolders: ["."])
      .locate(references)
    #expect(
      location.found.map(\.path) == (0..<100).reversed().map { scratch("images/\($0 * 2).jpg") })
    #expect(location.missing.count == 100)
  }
}
