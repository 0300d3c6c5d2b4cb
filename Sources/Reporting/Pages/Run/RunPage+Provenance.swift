import Foundation
import Records

extension RunPage {
  /// Who made the run, when, on what machine, from which files, and how predictions were made.
  var provenanceSection: HTML {
    let provenance = record.provenance
    var entries: [(String, HTML)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { entries.append((name, "\(value)")) }
    }
    add("references", record.references)
    add("tool", Self.tool(provenance["tool"]))
    add("started", provenance["started"]?.string.map(PageTime.text))
    add("finished", provenance["finished"]?.string.map(PageTime.text))
    add("took", provenance["seconds"]?.double.map { String(format: "%.1f s", $0) })
    add("machine", Self.machine(provenance["host"]))
    if let words = provenance["command"]?.array?.compactMap(\.string), !words.isEmpty {
      let line = words.map(ShellWord.quoted).joined(separator: " ")
      entries.append(("command", "<code>\(line)</code>"))
    }
    let list = entries.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>\n" as HTML }
    return """
      <section id="provenance">
      <h2>Provenance</h2>
      <dl class="facts">
      \(list)</dl>
      \(files)\(protocolDetails)</section>

      """
  }

  private var files: HTML {
    let files = record.provenance["files"]?.array ?? []
    guard !files.isEmpty else { return .none }
    let rows = files.map { file -> HTML in
      """
      <tr><th scope="row">\(file["role"]?.string ?? "-")</th>\
      <td>\(file["path"]?.string ?? "-")</td>\
      <td class="number">\(file["bytes"]?.int.map { "\($0)" } ?? "-")</td>\
      <td><code>\(file["sha256"]?.string ?? "-")</code></td></tr>

      """
    }
    return """
      <h3>Files</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Files">
      <table>
      <thead><tr><th scope="col">what</th><th scope="col">path</th>\
      <th scope="col" class="number">bytes</th><th scope="col">SHA-256</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>

      """
  }

  private var protocolDetails: HTML {
    guard let members = record.protocol.object?.sorted, !members.isEmpty else { return .none }
    let rows = members.map { member -> HTML in
      let value = member.value.string ?? Self.text(of: member.value)
      return "<dt>\(member.key)</dt><dd><code>\(value)</code></dd>\n"
    }
    return "<h3>Protocol</h3>\n<dl class=\"facts\">\n\(rows)</dl>\n"
  }

  private static func text(of value: JSONValue) -> String {
    (try? value.serialized()).map { String(decoding: $0, as: UTF8.self) } ?? "-"
  }

  private static func tool(_ tool: JSONValue?) -> String? {
    guard let tool else { return nil }
    var text = [tool["name"]?.string, tool["version"]?.string].compactMap(\.self)
      .joined(separator: " ")
    if let revision = tool["revision"]?.string { text += ", revision \(revision)" }
    if tool["dirty"]?.bool == true { text += " with local changes" }
    if let compiler = tool["compiler"]?.string { text += ", \(compiler)" }
    return text
  }

  private static func machine(_ host: JSONValue?) -> String? {
    guard let host else { return nil }
    var parts: [String] = []
    if let processor = host["processor"]?.string {
      parts.append((host["processors"]?.int).map { "\($0) × \(processor)" } ?? processor)
    }
    parts += [host["system"]?.string, host["libc"]?.string].compactMap(\.self)
    let features = host["features"]?.array?.compactMap(\.string) ?? []
    if !features.isEmpty { parts.append(features.joined(separator: " ")) }
    return parts.joined(separator: "; ")
  }
}

/// Words of a command as a shell takes them.
enum ShellWord {
  /// The word, in quotes where it has a character that a shell would read.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_./=:,+@%".unicodeScalars.contains($0)
      }
    return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
  }
}
