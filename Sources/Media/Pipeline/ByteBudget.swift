/// How many bytes items in work and results that wait may take up together, and how many each does.
public struct ByteBudget<Item: Sendable, Output: Sendable>: Sendable {
  /// The bytes that all of them may take up. An item that needs more than that alone is begun when
  /// nothing else is in work or waits.
  public let limit: Int
  /// An estimate of what an item takes up while it is in work. Called on the threads of the pipeline.
  public let inWork: @Sendable (Item) -> Int
  /// What a result takes up while it waits.
  public let waiting: @Sendable (Output) -> Int

  /// Sets up a budget.
  public init(
    limit: Int, inWork: @escaping @Sendable (Item) -> Int,
    waiting: @escaping @Sendable (Output) -> Int
  ) {
    self.limit = limit
    self.inWork = inWork
    self.waiting = waiting
  }
}
