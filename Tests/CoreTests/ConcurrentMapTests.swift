import Core
import Synchronization
import Testing

@Suite("Many at once")
struct ConcurrentMapTests {
    struct Odd: Error, Equatable { var number: Int }

    @Test("the results keep the order of the elements", arguments: [0, 1, 2, 100], [1, 2, 7])
    func order(_ count: Int, _ width: Int) async throws {
        let squares = try await Array(0..<count).concurrentMap(width: width) { $0 * $0 }
        #expect(squares == (0..<count).map { $0 * $0 })
    }

    @Test("each element is worked on once, and of several errors the first element's is thrown")
    func errors() async {
        let calls = Mutex(0)
        await #expect(throws: Odd(number: 3)) {
            _ = try await [2, 4, 3, 6, 5, 8, 7].concurrentMap(width: 3) { number in
                calls.withLock { $0 += 1 }
                guard number.isMultiple(of: 2) else { throw Odd(number: number) }
            }
        }
        #expect(calls.withLock(\.self) == 7)
    }
}
