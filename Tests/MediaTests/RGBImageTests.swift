import Media
import Testing

@Suite struct RGBImageTests {
  @Test func picturesOfOtherBytesDiffer() {
    let black = RGBImage(width: 2, height: 1, bytes: [0, 0, 0, 0, 0, 0])
    let written = RGBImage(width: 2, height: 1) { bytes in
      for place in 0..<6 { bytes[place] = 0 }
    }
    #expect(black == written)
    #expect(black != RGBImage(width: 2, height: 1, bytes: [0, 0, 0, 0, 0, 1]))
    #expect(black != RGBImage(width: 1, height: 2, bytes: [0, 0, 0, 0, 0, 0]))
  }
}
