import Foundation
import Records

/// A page that stands alone: one file, nothing fetched, nothing sent.
///
/// Its policy forbids every connection, frame and form, and lets only the style and the scripts run
/// whose hashes stand in it: a script that came in with a text would not run even if it were not
/// escaped. The same parts give the same bytes.
struct Page {
  /// The title of the window.
  let title: String
  /// The style sheet.
  let style: String
  /// What is shown.
  let body: HTML
  /// Data for the scripts: the id of the element and its JSON.
  var data: (id: String, json: [UInt8])?
  /// Scripts that are run at the end, each a program of its own.
  let scripts: [String]

  /// The document as UTF-8.
  var bytes: [UInt8] {
    let head: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <link rel="icon" href="data:,">

      """
    var bytes = Array(head.text.utf8)
    bytes += "<style>\(style)</style>\n</head>\n<body>\n\(body.text)".utf8
    if let data {
      bytes += "<script type=\"application/json\" id=\"\(HTML.escaped(data.id))\">".utf8
      bytes += EmbeddedJSON.escaped(data.json)
      bytes += "</script>\n".utf8
    }
    for script in scripts { bytes += "<script>\(script)</script>\n".utf8 }
    bytes += "</body>\n</html>\n".utf8
    return bytes
  }

  private var policy: String {
    let allowed = scripts.isEmpty ? "'none'" : scripts.map(Self.source).joined(separator: " ")
    return "default-src 'none'; script-src \(allowed); style-src \(Self.source(style)); "
      + "img-src data:; base-uri 'none'; form-action 'none'"
  }

  /// How a policy names an inline text.
  private static func source(_ text: String) -> String {
    var hash = SHA256()
    hash.update(Array(text.utf8))
    return "'sha256-\(Data(hash.digest).base64EncodedString())'"
  }
}
