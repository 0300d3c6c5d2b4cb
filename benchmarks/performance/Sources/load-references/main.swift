import Datasets

// load-references BENCHMARK FILE...: loads annotation files and says how many references they hold.
// It is timed as a whole process against Python's json.load of the same file.
let arguments = CommandLine.arguments.dropFirst()
guard let name = arguments.first, arguments.count > 1 else {
  fatalError("usage: load-references BENCHMARK FILE...")
}
let card = try BenchmarkRegistry.card(named: name)
let request = ReferenceRequest(
  card: card, split: nil, source: .files(Array(arguments.dropFirst())))
print(try DatasetRegistry.dataset(for: card).references(for: request).count)
