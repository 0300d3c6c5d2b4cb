import Resources
import Testing

@Suite("Cache folder")
struct CacheFolderTests {
  @Test func theEnvironmentNamesIt() {
    let all = ["MPLUG_EVAL_CACHE": "own", "XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"]
    #expect(CacheFolder(environment: all)?.path == "own")
    #expect(
      CacheFolder(environment: all.filter { $0.key != "MPLUG_EVAL_CACHE" })?.path
        == "/xdg/mplug-eval")
    #expect(CacheFolder(environment: ["HOME": "/home/me"])?.path == "/home/me/.cache/mplug-eval")
    #expect(CacheFolder(environment: [:]) == nil)
  }

  @Test func emptyAndRelativeValuesDoNotCount() {
    let folder = CacheFolder(
      environment: ["MPLUG_EVAL_CACHE": "", "XDG_CACHE_HOME": "xdg", "HOME": "/home/me"])
    #expect(folder?.path == "/home/me/.cache/mplug-eval")
  }
}
