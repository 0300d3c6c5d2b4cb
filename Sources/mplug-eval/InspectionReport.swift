import Checkpoints
import Models
import Records
import Reporting
import Tensors

/// What `convert --inspect` prints.
struct InspectionReport {
  let inspection: CheckpointInspection
  /// A model that was held against the file; nil for none.
  let audit: CheckpointInspection.ModelAudit?
  /// Tensors with numbers that are not finite; nil where nobody looked.
  let census: [NumberCensus]?
  /// Whether each tensor is listed.
  let listsTensors: Bool

  var record: JSONValue {
    var record = inspection.record(listsTensors: listsTensors)
    record["audit"] = audit?.record ?? .null
    record["not_finite"] =
      census.map { census in
        .array(
          census.map {
            ["name": .string($0.name), "nan": .int($0.nan), "infinite": .int($0.infinite)]
          })
      } ?? .null
    return .object(record)
  }

  var text: String {
    var lines = [heading]
    if let seeming = inspection.seeming { lines.append(seeming) }
    var tables = [listsTensors ? list : groups]
    if let sizes = inspection.sizes { tables.append(Self.table(of: sizes)) }
    if let census { lines.append(Self.line(of: census)) }
    // What a file calls its tensors cannot speak to the terminal.
    return lines.map { $0.withoutControls + "\n" }.joined() + "\n"
      + TableFormat.text.render(tables) + auditText
  }

  private var heading: String {
    let checkpoint = inspection.checkpoint
    var parts = [
      "\(checkpoint.path): \(inspection.container), \(grouped(checkpoint.size)) bytes, "
        + "\(grouped(checkpoint.tensors.count)) tensors"
    ]
    if case .torch(let key) = checkpoint.container {
      parts.append(key.map { "under '\($0)'" } ?? "at the top level")
    }
    if let prefix = checkpoint.prefix { parts.append("prefix '\(prefix)' taken off") }
    if inspection.weights != nil {
      parts.append(
        "names of \(inspection.hasPretrainingNames ? "pretraining" : "fine-tuned models")")
    }
    if !checkpoint.others.isEmpty {
      parts.append("\(grouped(checkpoint.others.count)) members that are no tensors")
    }
    return parts.joined(separator: ", ")
  }

  /// The audit as lines.
  private var auditText: String {
    guard let audit else { return "" }
    let title = "\n\(audit.model), of which the file has \(audit.parts.joined(separator: ", "))\n"
    return title
      + audit.audit.table(names: listsTensors ? nil : 4).map { $0.withoutControls + "\n" }.joined()
  }

  private var groups: Table {
    Table(
      title: "Tensors",
      columns: [
        Table.Column("group"), Table.Column("tensors", isNumeric: true),
        Table.Column("numbers", isNumeric: true), Table.Column("stored as"),
        Table.Column("inference"),
      ],
      rows: inspection.groups.map { group in
        [
          group.name.withoutControls, grouped(group.tensors), grouped(group.numbers),
          group.types.map(\.rawValue).joined(separator: ", "),
          group.isUsed.map { $0 ? "reads it" : "" } ?? "",
        ].map { Table.Cell($0) }
      })
  }

  private var list: Table {
    Table(
      title: "Tensors",
      columns: [Table.Column("name"), Table.Column("shape"), Table.Column("stored as")],
      rows: inspection.checkpoint.tensors.map { tensor in
        [tensor.name.withoutControls, "\(tensor.shape)", tensor.element.rawValue]
          .map { Table.Cell($0) }
      })
  }

  private static func table(of sizes: MPLUGSizes) -> Table {
    Table(
      title: "Sizes", columns: [Table.Column("size"), Table.Column("value", isNumeric: true)],
      rows: sizes.fields.map { field in
        [Table.Cell(field.name), Table.Cell(field.value.map { grouped($0) } ?? "?")]
      })
  }

  private static func line(of census: [NumberCensus]) -> String {
    guard !census.isEmpty else { return "all numbers are finite" }
    let shown = census.prefix(3).map { "\($0.name): \($0.nan) NaN, \($0.infinite) infinite" }
    return "not finite: \(shown.joined(separator: "; "))"
      + (census.count > shown.count ? "; and \(census.count - shown.count) more tensors" : "")
  }
}

/// A number with commas between its thousands.
private func grouped(_ number: Int) -> String {
  var digits = Array("\(number)")
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: place)
    place -= 3
  }
  return String(digits)
}
