import Media
import Records
import TestSupport
import Testing

/// Resizing against Pillow 9.5 on pictures that the tests make, and laws.
@Suite struct ResamplerTests {
  /// A made picture and what Pillow 9.5 makes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let seed: UInt64
    let width, height, newWidth, newHeight: Int
    /// The first half of the SHA-256 of the bytes.
    let bicubic, bilinear: String

    var image: RGBImage { .made(seed: seed, width: width, height: height) }
    var testDescription: String { "\(width) x \(height) to \(newWidth) x \(newHeight)" }

    init(
      _ seed: UInt64, _ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int,
      _ bicubic: String, _ bilinear: String
    ) {
      self.seed = seed
      (self.width, self.height) = (width, height)
      (self.newWidth, self.newHeight) = (newWidth, newHeight)
      (self.bicubic, self.bilinear) = (bicubic, bilinear)
    }
  }

  private static let cases = [
    Case(
      1, 64, 48, 28, 28, "14ec6a10de343690d387d6a2b6077b2d", "cd5f904ad094d3614375e6d094166068"),
    Case(
      2, 97, 61, 56, 56, "d9160352a884bce0cd8f87b0d47f640d", "3911b83b7f2351bd67159f9943776c05"),
    // Pillow 13 gives 7495 other bytes: it would take the columns first.
    Case(
      3, 33, 120, 56, 56, "37277d6f55e2cd372fa892c6c2719ea1", "3cd926c8b5c61c39d7e71037d8114d7d"),
    Case(
      4, 28, 28, 96, 112, "18bda6b0b5c6c5b88bffc43b3aea7c06", "e2e3447897b0f12b2a5e98a6399ec8d4"),
    Case(5, 3, 5, 28, 28, "1d08055cd3059a919e813e2428b22c4d", "c474a557da1692e3fa3d1dbcad2faad4"),
    Case(6, 1, 1, 28, 28, "eac952143d18a4feecbadc8782da15b6", "eac952143d18a4feecbadc8782da15b6"),
    Case(7, 300, 4, 7, 9, "ee5390afad4e997a779634dcb0e5c48f", "cac371fae3100ca37040284dba19c046"),
    Case(
      8, 5, 700, 16, 16, "9388f6aefa22397af415af049a41eb1e", "827b32ef54e2adb4a0785d7684ed97f4"),
    Case(
      9, 56, 56, 56, 28, "51e0c6c6b2d7a9d04cea7040267e0b18", "9e349a9be9399fe2f9786b825f1862b0"),
    Case(
      10, 40, 56, 28, 56, "39b2b39faff1829ee7aaf8a61de91a71", "eb5c708d8541dd0ee29cffc2d91c24ef"),
    Case(11, 1, 2000, 3, 3, "4305eafd00a70361abd82e90f5f45b22", "d7b152430e1c4872014493036a6f4c97"),
    Case(12, 2000, 1, 3, 3, "46ae5dd0cc3b5ecf7325d5ecd690edea", "93f52eb8d27d3294bd9406d7d36b05e1"),
    Case(13, 130, 90, 1, 1, "0e232544c50f480dd80421de5f0c7d2b", "0e232544c50f480dd80421de5f0c7d2b"),
    Case(
      14, 100, 40, 101, 41, "50b6219fbac639606879911317fabf1c", "200b9c7663812c4b5b062ac4ea5f253a"),
    Case(15, 21, 21, 22, 5, "6ccea5355a28fc4d3999eb8efa579263", "2b9c0c41f5c589f0229aee9c62637549"),
  ]

  private func digest(_ image: RGBImage) -> String {
    String(SHA256.hexDigest(of: image.bytes).prefix(32))
  }

  @Test(arguments: cases, Resampler.Body.allCases)
  func bytesAreThoseOfPillow(_ picture: Case, _ body: Resampler.Body) {
    for (filter, expected) in [
      (ResizeFilter.bicubic, picture.bicubic), (.bilinear, picture.bilinear),
    ] {
      let resampler = Resampler(filter: filter, body: body)
      let resized = resampler.resize(
        picture.image, width: picture.newWidth, height: picture.newHeight)
      #expect(resized.width == picture.newWidth && resized.height == picture.newHeight)
      #expect(digest(resized) == expected, "\(filter)")
      // What it remembers of the sizes gives the same.
      let again = resampler.resize(
        picture.image, width: picture.newWidth, height: picture.newHeight)
      #expect(again == resized)
    }
  }

  /// With next to no memory allowed, strips of one column and bands of one row.
  @Test(arguments: cases, [1, 500, 20_000])
  func strips(_ picture: Case, _ memory: Int) {
    let resampler = Resampler(filter: .bicubic, body: .fastest, memoryLimit: memory)
    let resized = resampler.resize(
      picture.image, width: picture.newWidth, height: picture.newHeight)
    #expect(digest(resized) == picture.bicubic)
  }

  @Test(arguments: cases.filter { $0.width * $0.height > 2000 })
  func anotherByteShows(_ picture: Case) {
    var bytes = picture.image.bytes
    bytes[bytes.count / 2] ^= 0xFF
    let changed = RGBImage(width: picture.width, height: picture.height, bytes: bytes)
    let resized = Resampler(filter: .bicubic).resize(
      changed, width: picture.newWidth, height: picture.newHeight)
    // One of 130 x 90 pixels does not move the mean of all of them.
    #expect((digest(resized) != picture.bicubic) == (picture.newWidth > 1))
  }

  /// The columns first, as Pillow 13 does it for a tall picture, gives other bytes.
  @Test func theOrderOfThePassesShows() {
    let image = RGBImage.made(seed: 3, width: 33, height: 120)
    let resampler = Resampler(filter: .bicubic)
    let turned = resampler.resize(
      resampler.resize(image, width: 33, height: 56), width: 56, height: 56)
    let straight = resampler.resize(image, width: 56, height: 56)
    #expect(zip(turned.bytes, straight.bytes).count { $0 != $1 } == 7495)
  }

  @Test func bodiesAgreeOnRandomSizes() {
    var random = TestRandom(seed: 77)
    func side() -> Int { 1 + random.below([4, 40, 400][random.below(3)]) }
    for seed in 0..<150 {
      let image = RGBImage.made(seed: UInt64(seed), width: side(), height: side())
      let (width, height) = (side(), side())
      for filter in ResizeFilter.allCases {
        let truth = Resampler(filter: filter, body: .scalar)
          .resize(image, width: width, height: height)
        for body in Resampler.Body.allCases where body.isThere {
          let other = Resampler(filter: filter, body: body)
            .resize(image, width: width, height: height)
          #expect(
            other == truth,
            "\(body) \(filter) \(image.width) x \(image.height) to \(width) x \(height)")
        }
      }
    }
  }

  @Test(arguments: ResizeFilter.allCases, [0, 1, 77, 254, 255] as [UInt8])
  func aConstantPictureStaysConstant(_ filter: ResizeFilter, _ value: UInt8) {
    for (width, height, newWidth, newHeight) in [
      (1, 1, 9, 9), (640, 3, 11, 7), (50, 40, 224, 336), (7, 900, 5, 1),
    ] {
      let image = RGBImage(
        width: width, height: height, bytes: Array(repeating: value, count: 3 * width * height))
      let resized = Resampler(filter: filter).resize(image, width: newWidth, height: newHeight)
      #expect(resized.bytes == Array(repeating: value, count: 3 * newWidth * newHeight))
    }
  }

  @Test func theSameSizeIsTheSamePicture() {
    let image = RGBImage.made(seed: 8, width: 31, height: 17)
    #expect(Resampler(filter: .bicubic).resize(image, width: 31, height: 17) == image)
  }

  /// A side that keeps its length is left alone: each row of the result is made of its own alone.
  @Test func aSideThatKeepsItsLengthIsLeftAlone() {
    let image = RGBImage.made(seed: 10, width: 30, height: 5)
    let resampler = Resampler(filter: .bicubic)
    let resized = resampler.resize(image, width: 12, height: 5)
    for row in 0..<5 {
      let alone = RGBImage(
        width: 30, height: 1, bytes: Array(image.bytes[90 * row..<90 * (row + 1)]))
      #expect(
        resampler.resize(alone, width: 12, height: 1).bytes
          == Array(resized.bytes[36 * row..<36 * (row + 1)]))
    }
  }

  @Test(arguments: [(10_000, 1), (1, 10_000), (1, 1), (6000, 2), (3, 5000)])
  func extremeSizes(_ width: Int, _ height: Int) {
    let image = RGBImage.made(seed: 4, width: width, height: height)
    for (newWidth, newHeight) in [(1, 1), (224, 224), (2, 300)] {
      let truth = Resampler(filter: .bicubic, body: .scalar)
        .resize(image, width: newWidth, height: newHeight)
      #expect(
        Resampler(filter: .bicubic).resize(image, width: newWidth, height: newHeight) == truth)
      #expect(truth.bytes.count == 3 * newWidth * newHeight)
    }
  }

  @Test func threadsShareAResampler() async {
    let resampler = Resampler(filter: .bicubic)
    let image = RGBImage.made(seed: 6, width: 90, height: 70)
    let sizes = (0..<160).map { 20 + $0 % 50 }
    let together = await withTaskGroup(of: (Int, RGBImage).self) { group in
      for size in sizes {
        group.addTask { (size, resampler.resize(image, width: size, height: size)) }
      }
      var results: [(Int, RGBImage)] = []
      for await result in group { results.append(result) }
      return results
    }
    #expect(together.count == sizes.count)
    for (size, resized) in together {
      #expect(
        resized
          == Resampler(filter: .bicubic, body: .scalar).resize(image, width: size, height: size))
    }
  }
}
