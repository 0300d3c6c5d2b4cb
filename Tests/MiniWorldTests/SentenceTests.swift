import MiniWorld
import Testing

/// Captions, hypotheses, statements and phrases: true, or false where they should be.
@Suite struct SentenceTests {
  private func scenes(_ count: Int) -> [Scene] {
    (0..<count).map { id in
      var generator = SceneGenerator(seed: 5, name: "\(id)")
      return generator.scene(id: id)
    }
  }

  @Test func claimsAboutAScene() {
    let scene = SampleScene.picture
    let star = ObjectDescription(shape: .star)
    let circle = ObjectDescription(shape: .circle)
    let expected: [(Claim, Bool?)] = [
      (.count(star, 1), true), (.count(star, 2), false), (.atLeast(star, 1), true),
      (.atLeast(ObjectDescription(color: .blue), 3), false), (.background(.grass), true),
      (.background(.sand), false), (.relation(star, .leftOf, circle), true),
      (.relation(circle, .leftOf, star), false), (.relation(star, .above, circle), nil),
      (.place(star, .left), true), (.place(star, .right), false), (.allColored(.red), false),
    ]
    for (claim, answer) in expected { #expect(claim.holds(in: scene) == answer, "\(claim)") }
  }

  @Test func captionsAreTrueOfTheirSceneAndNotOfOthers() {
    let scenes = scenes(120)
    var (others, all, wrong) = (0, 0, 0)
    for (index, scene) in scenes.enumerated() {
      var captions = Captions(of: scene, seed: 5)
      let made = captions(5)
      #expect(made.count == 5)
      for caption in made {
        #expect(caption.holds(in: scene) == true, "\(caption.text)")
        for what in Reading.named(in: caption.text) {
          #expect(!scene.objects(matching: what).isEmpty, "\(caption.text)")
        }
        all += 1
        let other = scenes[(index + 1) % scenes.count]
        if caption.holds(in: other) == true { others += 1 }
        if Reading.named(in: caption.text).contains(where: {
          other.objects(matching: $0).isEmpty
        }) {
          wrong += 1
        }
      }
    }
    #expect(others * 10 < all)
    #expect(wrong * 2 > all)
  }

  @Test func hypothesesAreOfAllClasses() {
    for scene in scenes(120) {
      var hypotheses = Hypotheses(about: scene, seed: 5)
      let made = hypotheses()
      #expect(made.map(\.label) == [.entailment, .neutral, .contradiction])
      #expect(made[0].claim?.holds(in: scene) == true, "\(made[0].text)")
      #expect(made[1].claim == nil)
      #expect(made[2].claim?.holds(in: scene) == false, "\(made[2].text)")
    }
  }

  @Test func statementsAreTrueOfSomePairsAlone() {
    let scenes = scenes(80)
    for set in 0..<20 {
      let own = scenes[4 * set..<4 * set + 4].map { $0 }
      let pairs = [(left: own[0], right: own[1]), (left: own[2], right: own[3])]
      var statements = PairStatements(about: pairs, seed: 5, set: "\(set)")
      let made = statements(3)
      #expect(!made.isEmpty)
      for (statement, truth) in made {
        #expect(truth.contains(true) && truth.contains(false))
        #expect(truth == pairs.map { statement.claim.holds(left: $0.left, right: $0.right) })
      }
    }
  }

  @Test func pairClaims() {
    let (one, other) = (SampleScene.picture, SampleScene.clip)
    let star = ObjectDescription(shape: .star)
    let circle = ObjectDescription(shape: .circle)
    func holds(_ claim: PairClaim) -> Bool? { claim.holds(left: one, right: other) }
    #expect(holds(.left(.atLeast(star, 1))) == true && holds(.right(.atLeast(star, 1))) == false)
    #expect(holds(.both(.atLeast(circle, 1))) == true && holds(.both(.atLeast(star, 1))) == false)
    #expect(holds(.one(.atLeast(star, 1))) == true && holds(.one(.atLeast(circle, 1))) == false)
    #expect(holds(.some(.background(.snow))) == true && holds(.some(.background(.wood))) == false)
    #expect(holds(.total(circle, 2)) == true && holds(.total(circle, 1)) == false)
    #expect(holds(.moreOnTheLeft(ObjectDescription())) == true)
    #expect(holds(.moreOnTheRight(ObjectDescription())) == false)
  }

  @Test func phrasesMeanOneObject() {
    let places = ["left", "right", "top", "bottom", "above", "below", "under", "highest", "lowest"]
    var counts: [ReferringExpressions.Style: Int] = [:]
    for scene in scenes(80) {
      for style in [ReferringExpressions.Style.any, .looks, .sentence] {
        var expressions = ReferringExpressions(in: scene, style, seed: 5)
        for object in scene.objects {
          let made = expressions(for: object, 3)
          counts[style, default: 0] += made.count
          #expect(Set(made.map(\.cleaned)).count == made.count)
          for expression in made {
            #expect(expression.reference.object(in: scene)?.id == object.id)
            if style == .looks {
              #expect(!places.contains { expression.cleaned.contains($0) }, "\(expression.raw)")
            }
            #expect(expression.cleaned == expression.cleaned.lowercased())
            // A phrase that names colour and shape alone names the object.
            if style == .looks, let what = Reading.named(in: expression.cleaned).first {
              #expect(what.fits(object), "\(expression.raw)")
            }
          }
        }
      }
    }
    for count in counts.values { #expect(count > 400) }
  }

  @Test func clipsAreToldByTheirMotion() {
    var texts = ClipTexts(of: SampleScene.clip, seed: 1)
    for caption in texts.captions(8) {
      #expect(caption.contains("left") && !caption.contains("right"), "\(caption)")
      #expect(caption.contains("blue circle") || caption.contains("blue disc"), "\(caption)")
    }
    let asked = texts.questions(20)
    let answers = Set(asked.map(\.answer))
    #expect(answers == ["circle", "blue", "move", "left", "two", "one", "snow"])
    for question in asked {
      let word = question.text.split(separator: " ").first.map(String.init) ?? ""
      #expect(["what", "who", "how", "where"].contains(word))
      switch word {
      case "who": #expect(question.answer == "circle")
      case "where": #expect(["left", "snow"].contains(question.answer))
      case "how": #expect(["one", "two"].contains(question.answer))
      default: break
      }
    }
  }
}
