import Datasets
import Records

extension Reproduction {
  /// `{"notes", "tables": [{"title", "cells": [{"model", "benchmark", "split", "metric", "paper",
  /// "ours", "difference", "paper_in_interval", "reasons", "command"}]}], "title"}`; numbers are in
  /// points, as the paper prints them.
  package var json: JSONValue {
    [
      "notes": .strings(notes), "title": .string(title),
      "tables": .array(
        tables.map { table in
          [
            "title": .string(table.title),
            "cells": .array(table.cells.map { $0.cell.json(model: $0.model) }),
          ]
        }),
    ]
  }
}

extension Reproduction.Cell {
  fileprivate func json(model: String) -> JSONValue {
    var object = JSONObject([
      ("model", .string(model)), ("benchmark", .string(card.name)), ("split", .string(split)),
      ("task", .string(family.rawValue)), ("metric", .string(metric)),
    ])
    object["label"] = label.map { .string($0) } ?? .null
    object["paper"] = paper.flatMap(Double.init).map { .double($0) } ?? .null
    object["ours"] = ours.map(\.json) ?? .null
    object["difference"] = difference.map { .double($0) } ?? .null
    object["paper_in_interval"] = isInInterval.map { .bool($0) } ?? .null
    object["reasons"] = .array(
      reasons.map { ["kind": .string($0.kind), "text": .string($0.text)] })
    object["command"] = command.map { .string($0) } ?? .null
    return .object(object)
  }
}

extension Reproduction.Ours {
  fileprivate var json: JSONValue {
    [
      "ci95": interval.map { [.double($0.low), .double($0.high)] } ?? .null,
      "count": .int(count), "id": .string(id), "run": .string(path),
      "signature": value.signature.map { .string($0) } ?? .null, "value": .double(points),
    ]
  }
}
