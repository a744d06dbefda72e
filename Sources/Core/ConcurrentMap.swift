extension Array where Element: Sendable {
    /// What `work` makes of each element, in their order, with `width` elements in work at once. Throws what it threw for the first
    /// element of those for which it did.
    public func concurrentMap<Result: Sendable>(
        width: Int, _ work: @escaping @Sendable (Element) throws -> Result
    ) async throws -> [Result] {
        guard width > 1, count > 1 else { return try map(work) }
        var results: [Swift.Result<Result, any Error>?] = Array<Swift.Result<Result, any Error>?>(
            repeating: nil, count: count)
        await withTaskGroup(of: (Int, Swift.Result<Result, any Error>).self) { group in
            var next = 0
            func start() {
                guard next < count else { return }
                let (index, element) = (next, self[next])
                group.addTask { (index, Swift.Result { try work(element) }) }
                next += 1
            }
            // A few more than run at once, so that none waits for this task to hand out the next.
            for _ in 0..<2 * width { start() }
            while let (index, result) = await group.next() {
                results[index] = result
                start()
            }
        }
        return try results.compactMap { try $0?.get() }
    }
}
