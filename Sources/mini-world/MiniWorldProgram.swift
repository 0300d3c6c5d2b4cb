import MiniWorld

/// Prints what there is to see in the first scenes of a seed.
@main enum MiniWorldProgram {
  static func main() {
    let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
    var generator = SceneGenerator(seed: seed)
    for id in 0..<3 {
      let scene = generator.scene(id: id)
      print("\(id): \(scene.width) x \(scene.height), \(scene.background.rawValue)")
      for object in scene.objects {
        print("  \(object.size) \(object.material) \(object.color) \(object.shape) \(object.box)")
      }
    }
  }
}
