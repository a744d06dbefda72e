internal import Synchronization

extension Array where Element: Sendable {
    /// What `work` makes of each element, in their order, with `width` elements in work at once. Throws what it threw for the first
    /// element of those for which it did.
    public func concurrentMap<Result: Sendable>(
        width: Int, _ work: @escaping @Sendable (Element) throws -> Result
    ) async throws -> [Result] {
        guard width > 1, count > 1 else { return try map(work) }
        let queue = Queue(count: count)
        let results = await withTaskGroup(of: [(index: Int, result: Swift.Result<Result, any Error>)].self) { group in
            for _ in 0..<Swift.min(width, count) {
                // Each takes the next element when it is free, so that none waits for a slow one.
                group.addTask {
                    var done: [(Int, Swift.Result<Result, any Error>)] = []
                    while let index = queue.next() { done.append((index, Swift.Result { try work(self[index]) })) }
                    return done
                }
            }
            var results = [Swift.Result<Result, any Error>?](repeating: nil, count: count)
            for await done in group {
                for (index, result) in done { results[index] = result }
            }
            return results
        }
        return try results.compactMap { try $0?.get() }
    }
}

/// The indices that nobody has taken yet.
private final class Queue: Sendable {
    private let count: Int
    private let taken = Atomic(0)

    init(count: Int) { self.count = count }

    func next() -> Int? {
        let index = taken.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }
}
