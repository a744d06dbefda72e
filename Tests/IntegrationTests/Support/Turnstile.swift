import FoundationEssentials

/// Lets as many tests run at a time as suit the machine; the others wait for their turn.
actor Turnstile {
    static let shared = Turnstile(places: max(2, ProcessInfo.processInfo.activeProcessorCount) * 2)

    private var places: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    /// Runs `work` once there is a place.
    nonisolated func pass(_ work: () async throws -> Void) async throws {
        await enter()
        do {
            try await work()
        } catch {
            await leave()
            throw error
        }
        await leave()
    }

    private func enter() async {
        if places > 0 {
            places -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
    }

    private func leave() {
        if queue.isEmpty { places += 1 } else { queue.removeFirst().resume() }
    }
}
