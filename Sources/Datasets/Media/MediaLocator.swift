import Records

/// Finds the images and clips of a split under `--data`, in the layouts that users have.
///
/// For each file, in this order: the path as the data set names it, under each media folder of the
/// card; then the same name in the other folders where it is kept (`coco/val2014`, `val2014_img`,
/// `images/val2014`, `images`, the media folder itself); then COCO's names of 2017
/// (`000000391895.jpg`) and, for clips, the other containers into which users convert them.
/// Each folder is listed once; symbolic links are followed.
public struct MediaLocator: Sendable {
  private let root: String
  private let mediaFolders: [String]
  private let listings: FolderListings

  /// A locator for the media folders of a card.
  ///
  /// - Parameter data: The folder of `--data`.
  public init(data: String, mediaFolders: [String]) {
    self.init(data: data, mediaFolders: mediaFolders, listings: FolderListings())
  }

  /// A locator that shares what was listed already.
  package init(data: String, mediaFolders: [String], listings: FolderListings) {
    root = data.hasSuffix("/") && data.utf8.count > 1 ? String(data.dropLast()) : data
    self.mediaFolders = mediaFolders
    self.listings = listings
  }

  /// Finds what is there.
  ///
  /// - Throws: `RecordError.unreadable` for a folder that is there and cannot be listed.
  public func locate(_ references: [MediaReference]) throws -> MediaLocation {
    var places: [MediaLayout: [Place]] = [:]
    var layouts: [MediaLayout] = []
    var found: [MediaLocation.File] = []
    var missing: [MediaReference] = []
    found.reserveCapacity(references.count)
    for reference in references {
      let layout = MediaLayout(of: reference)
      if places[layout] == nil {
        layouts.append(layout)
        places[layout] = try folders(of: layout).compactMap { folder in
          try listings.names(in: folder).map { Place(folder: folder, listing: $0) }
        }
      }
      if let path = Self.find(MediaLayout.names(of: reference), in: places[layout] ?? []) {
        found.append(MediaLocation.File(reference: reference, path: path))
      } else {
        missing.append(reference)
      }
    }
    return MediaLocation(
      found: found, missing: missing,
      triedLayouts: try layouts.flatMap(folders).uniqued().map { folder in
        MediaLocation.Layout(folder: folder, exists: try listings.names(in: folder) != nil)
      })
  }

  /// Where a layout's files may lie, nearest to the data set's own path first.
  private func folders(of layout: MediaLayout) -> [String] {
    layout.folders.flatMap { folder in
      mediaFolders.map { base in
        let path = MediaLayout.join(base, folder)
        return path.isEmpty ? root : "\(root)/\(path)"
      }
    }.uniqued()
  }

  private static func find(_ names: [String], in places: [Place]) -> String? {
    for name in names {
      if let place = places.first(where: { $0.listing.contains(name) }) {
        return "\(place.folder)/\(name)"
      }
    }
    return nil
  }

  private struct Place {
    let folder: String
    let listing: FolderListing
  }
}

/// Which media of a split are there.
public struct MediaLocation: Sendable {
  /// An image or a clip that is there.
  public struct File: Sendable {
    /// What it is.
    public let reference: MediaReference
    /// Where it lies.
    public let path: String
  }

  /// A folder in which media were looked for.
  public struct Layout: Sendable, Hashable {
    /// The folder.
    public let folder: String
    /// Whether there is such a folder.
    public let exists: Bool
  }

  /// What is there, in the order asked for.
  public let found: [File]
  /// What is not, in the order asked for.
  public let missing: [MediaReference]
  /// The folders that were tried, in order.
  public let triedLayouts: [Layout]
}

extension BenchmarkCard {
  /// Finds the benchmark's media under a data folder.
  public func mediaLocator(data: String) -> MediaLocator {
    MediaLocator(data: data, mediaFolders: mediaFolders ?? folders)
  }

  /// Finds the benchmark's media under a data folder, sharing what was listed already.
  package func mediaLocator(data: String, listings: FolderListings) -> MediaLocator {
    MediaLocator(data: data, mediaFolders: mediaFolders ?? folders, listings: listings)
  }
}
