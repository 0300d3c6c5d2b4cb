import Media
import Testing

@Suite struct ContactSheetTests {
  private func plain(_ width: Int, _ height: Int, _ level: UInt8) -> RGBImage {
    RGBImage(width: width, height: height) {
      $0.update(repeating: level, count: 3 * width * height)
    }
  }

  private func level(_ image: RGBImage, _ x: Int, _ y: Int) -> UInt8 {
    image.bytes[3 * (y * image.width + x)]
  }

  @Test func framesStandInRowsFromTheLeft() throws {
    let levels: [UInt8] = [50, 100, 150, 200, 250]
    let sheet = try #require(
      ContactSheet(thumbnailWidth: 40, columns: 2).image(
        of: levels.map { ContactSheet.Frame(image: plain(80, 60, $0), label: "") }))
    // Cells of 40 x (30 + 4 + 22 + 4), 4 pixels between columns and around.
    #expect((sheet.width, sheet.height) == (4 + 2 * 44, 4 + 3 * 60))
    for (place, expected) in levels.enumerated() {
      let (x, y) = (4 + place % 2 * 44, 4 + place / 2 * 60)
      for corner in [(x, y), (x + 39, y + 29)] {
        #expect(level(sheet, corner.0, corner.1) == expected, "frame \(place)")
      }
      #expect(level(sheet, x, y + 30) == 24)
    }
    // The sixth cell is empty.
    #expect(level(sheet, 68, 140) == 24)
  }

  @Test func labelsAreDrawnBelow() throws {
    func sheet(_ label: String) throws -> RGBImage {
      try #require(
        ContactSheet().image(of: [ContactSheet.Frame(image: plain(100, 20, 0), label: label)]))
    }
    let one = try sheet("1")
    // The digit's second row has its left two pixels, each twice as large as designed.
    let shape = (0..<7).map { row in
      String((0..<5).map { level(one, 4 + 2 * $0, 28 + 2 * row) > 200 ? "#" : "." })
    }
    #expect(shape == ["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."])
    #expect(try sheet("2") != one)
    #expect(try sheet("s") == sheet("S"))
    #expect(try sheet("é") == sheet("€"))
    #expect(try sheet("é") != sheet(" "))
    // What does not fit is left away and changes nothing else.
    let long = String(repeating: "1", count: 60)
    #expect(try sheet(long).width <= 2 * 4 + 240)
  }

  @Test func framesOfVideosAreLabelledWithIndexAndTime() {
    typealias Frame = ContactSheet.Frame
    #expect(Frame.label(index: 120, seconds: 4.8) == "#120 4.80 s")
    #expect(Frame.label(index: 0, seconds: 0.004) == "#0 0.00 s")
    #expect(Frame.label(index: 1, seconds: 59.999) == "#1 60.00 s")
    #expect(Frame.label(index: 2, seconds: -0.04) == "#2 -0.04 s")
    #expect(Frame.label(index: 3, seconds: nil) == "#3")
    #expect(Frame.label(index: 3, seconds: .nan) == "#3")
    #expect(Frame.label(index: 3, seconds: .infinity) == "#3")
    #expect(Frame(image: plain(1, 1, 0), index: 7, seconds: 1.5).label == "#7 1.50 s")
  }

  @Test func reducedPixelsAreMeans() throws {
    let image = RGBImage(
      width: 4, height: 2,
      bytes: [0, 10, 20, 30].flatMap { [$0, $0, $0] } + [2, 12, 22, 32].flatMap { [$0, $0, $0] })
    let frame = ContactSheet.Frame(image: image, label: "")
    let sheet = try #require(ContactSheet(thumbnailWidth: 2).image(of: [frame]))
    #expect([level(sheet, 4, 4), level(sheet, 5, 4)] == [6, 26])
    let whole = try #require(ContactSheet().image(of: [frame]))
    #expect((0..<4).map { level(whole, 4 + $0, 5) } == [2, 12, 22, 32])
  }

  @Test func sheetsAreBounded() throws {
    let frame = ContactSheet.Frame(image: plain(640, 360, 9), label: "#1 0.00 s")
    let sheet = try #require(ContactSheet().image(of: Array(repeating: frame, count: 3000)))
    #expect(sheet.width * sheet.height <= ContactSheet.pixelLimit)
    #expect(sheet.width * sheet.height > ContactSheet.pixelLimit / 8)
    // A row of pictures as narrow and high as they come.
    let narrow = ContactSheet.Frame(image: plain(1, 5000, 7), label: "")
    #expect(try #require(ContactSheet(thumbnailWidth: 100).image(of: [narrow])).height < 300)
    #expect(ContactSheet().image(of: []) == nil)
    #expect(ContactSheet(thumbnailWidth: .max, columns: -3).columns == 1)
    #expect(ContactSheet(thumbnailWidth: .max).image(of: [frame])?.width == 648)
    #expect(ContactSheet(thumbnailWidth: .min).thumbnailWidth == 1)
  }

  @Test func theGridSuitsTheNumber() throws {
    let frame = ContactSheet.Frame(image: plain(8, 8, 9), label: "")
    for (count, columns) in [(1, 1), (2, 2), (4, 2), (7, 3), (8, 4), (12, 4), (16, 4)] {
      let sheet = try #require(
        ContactSheet(thumbnailWidth: 8).image(of: Array(repeating: frame, count: count)))
      #expect(sheet.width == 4 + 12 * columns, "\(count) frames")
    }
  }
}
