import Foundation
import Records
import TestSupport
import Testing

/// Chromium without a window: shows a copy of a page, runs a test's script in it and gives back what
/// the script returns.
enum HeadlessBrowser {
  /// The program; nil where none is installed.
  static let program: String? = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What tests say that need it and have none.
  static let absence: Comment = "Chromium is not installed; `make test-pages` installs it"

  /// A window, and how the page is brought into it.
  struct View: Sendable, CustomStringConvertible {
    var width = 1280
    var height = 800
    var isDark = false
    /// The part of the address behind `#`.
    var fragment = ""

    static let phone = View(width: 360, height: 740)
    static let desktop = View()

    var description: String { "\(width) px, \(isDark ? "dark" : "light")" }
  }

  /// Runs a script in a page once it is loaded.
  ///
  /// - Parameters:
  ///   - script: The body of an asynchronous function; `wait(milliseconds)` and `$(selector)`,
  ///     `$$(selector)` are at hand. What it returns is the result.
  ///   - isAllowed: Whether the copy's policy names the script.
  /// - Returns: `{"results": …}` or `{"error": …}`; nil where the script did not run.
  static func run(
    _ script: String, in page: [UInt8], _ view: View = .desktop, isAllowed: Bool = true
  ) throws -> JSONValue? {
    let code = """
      addEventListener('load', async () => {
        const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
        const $ = (selector) => document.querySelector(selector);
        const $$ = (selector) => [...document.querySelectorAll(selector)];
        const send = (value) => parent.postMessage(JSON.stringify(value), '*');
        try { send({results: await (async () => {\(script)
        })()}); } catch (error) { send({error: `${error}`}); }
      });
      """
    var hash = SHA256()
    hash.update(Array(code.utf8))
    let source = "'sha256-\(Data(hash.digest).base64EncodedString())'"
    var text = String(decoding: page, as: UTF8.self)
    let end = try #require(text.range(of: "</body>", options: .backwards))
    text.replaceSubrange(end, with: "<script>\(code)</script></body>")
    if isAllowed {
      let policy = try #require(text.range(of: "script-src"))
      text.replaceSubrange(
        policy, with: text.contains("script-src 'none'") ? "script-src" : "script-src \(source)")
      text = text.replacingOccurrences(of: "script-src 'none'", with: "script-src \(source)")
    }
    // On a machine that is busy the browser may print the page before the script is at its end.
    for _ in 0..<(isAllowed ? 4 : 1) {
      let dump = try show(Array(text.utf8), view, ["--dump-dom"])
      guard let match = dump.firstMatch(of: /data-results="([^"]*)"/) else { continue }
      return try JSONFile.parse(try #require(String(match.1).removingPercentEncoding))
    }
    return nil
  }

  /// The results of a script that must run to its end.
  static func results(
    of script: String, in page: [UInt8], _ view: View = .desktop
  ) throws -> JSONValue {
    let answer = try #require(try run(script, in: page, view), "the script did not run")
    #expect(answer["error"] == nil)
    return try #require(answer["results"])
  }

  /// A picture of the page, a PNG.
  static func picture(of page: [UInt8], _ view: View, to path: String) throws {
    _ = try show(page, view, ["--screenshot=\(path)"])
  }

  /// The text that a reader sees whose browser runs no scripts.
  static func textWithoutScripts(of page: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write("page.html", Data(page))
    let outer = try folder.write(
      "frame.html",
      """
      <!DOCTYPE html><meta charset="utf-8">
      <iframe sandbox="allow-same-origin" src="page.html"></iframe>
      <script>addEventListener('load', () => document.documentElement.setAttribute('data-results',
        encodeURIComponent(document.querySelector('iframe').contentDocument.body.innerText)));
      </script>
      """)
    let dump = try start([
      "--allow-file-access-from-files", "--dump-dom", "file://\(outer)",
    ])
    let match = try #require(dump.firstMatch(of: /data-results="([^"]*)"/))
    return try #require(String(match.1).removingPercentEncoding)
  }

  /// Shows a page in a frame of the view's width: a window of Chromium is 500 pixels wide at least.
  private static func show(
    _ page: [UInt8], _ view: View, _ arguments: [String]
  ) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write("page.html", Data(page))
    let fragment = view.fragment.isEmpty ? "" : "#\(view.fragment)"
    let outer = try folder.write(
      "frame.html",
      """
      <!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}
      iframe{border:0;display:block;width:\(view.width)px;height:\(view.height)px}</style>
      <script>addEventListener('message', (event) => document.documentElement.setAttribute(
        'data-results', encodeURIComponent(event.data)));</script>
      <iframe src="page.html\(fragment)"></iframe>
      """)
    // 0 is dark, 1 is light.
    let scheme = "--blink-settings=preferredColorScheme=\(view.isDark ? 0 : 1)"
    return try start(
      [scheme, "--window-size=\(view.width),\(view.height)"] + arguments + ["file://\(outer)"])
  }

  private static func start(_ arguments: [String]) throws -> String {
    let program = try #require(program)
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments =
      [
        "-k", "5", "120", program, "--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--hide-scrollbars",
        "--user-data-dir=\(scratch("profile"))", "--virtual-time-budget=8000",
      ] + arguments
    let output = try scratch.write("out", Data())
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "Chromium ended with \(process.terminationStatus)")
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
  }
}
