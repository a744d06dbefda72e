import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

@Suite struct RateTests {
    private struct Call: Encodable {
        var seconds: Double
        var throttled: Bool
        func encode(to encoder: any Encoder) throws {
            var items = encoder.unkeyedContainer()
            try items.encode(seconds)
            try items.encode(throttled)
        }
    }

    @Test("calls wait as long as in botocore's adaptive mode", .enabled(if: Tools.hasBotocore, Tools.missingBotocore))
    func sameWaits() async throws {
        let dice = Dice.seeded(Tools.seed)
        let runs = (0..<200).map { _ in
            let (pace, share) = (dice.uniform() * 2, dice.uniform() * 0.4)
            return (0..<60).map { _ in Call(seconds: dice.uniform() * pace, throttled: dice.uniform() < share) }
        }
        let judged = try await Tools.judge(
            "aws_rates.py", runs.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) })
        #expect(judged.count == runs.count)
        var waited = 0
        for (judgement, calls) in zip(judged, runs) {
            let expected = try JSONDecoder().decode([Double].self, from: Data(judgement.utf8))
            var (now, rate) = (100.0, AdaptiveRate(at: 100))
            for (call, wait) in zip(calls, expected) {
                now += call.seconds
                let own = rate.take(at: now)
                #expect(abs(own - wait) < 1e-6)
                if wait > 0 { waited += 1 }
                now += own
                rate.received(throttled: call.throttled, at: now)
            }
        }
        #expect(waited > 500)
    }

    private func client(
        _ transport: ScriptedTransport, _ time: ManualTime, region: String = "eu-west-3", account: String = "1",
        mode: RetryMode = .adaptive, _ limiters: RateLimiters
    ) -> AWSClient {
        AWSClient(
            AWSConfiguration(region: region, maxAttempts: 1, retryMode: mode), credentials: ClientTests.credentials,
            transport: transport, time: time.keeper, dice: .seeded(1), account: account, limiters: limiters)
    }

    @Test("a throttle slows every client of that account, Region and service, and no other")
    func shared() async throws {
        let (time, limiters) = (ManualTime(), RateLimiters())
        let throttled = ScriptedTransport { _, _ in ClientTests.throttle }
        await #expect(throws: AWSError.self) {
            try await client(throttled, time, limiters).call(ClientTests.update)
        }
        let fine = ScriptedTransport { _, _ in ClientTests.fine }
        for (region, account, mode) in [
            ("eu-west-1", "1", RetryMode.adaptive), ("eu-west-3", "2", .adaptive), ("eu-west-3", "1", .standard),
        ] {
            _ = try await client(fine, time, region: region, account: account, mode: mode, limiters).call(
                ClientTests.update)
        }
        #expect(time.slept.isEmpty)
        _ = try await client(fine, time, limiters).call(ClientTests.update)
        #expect(time.slept.count == 1)
        #expect(time.slept.allSatisfy { $0 > .milliseconds(500) })
    }

    @Test(
        "callers at the same moment are let through one after the other, in one queue for each account, Region and service"
    )
    func queue() async throws {
        let (time, limiters) = (ManualTime(), RateLimiters())
        let waits = Mutex<[Duration]>([])
        // The time stands still, so that what each caller has to wait shows its place.
        let still = Timekeeper(now: { time.keeper.now() }, sleep: { wait in waits.withLock { $0.append(wait) } })
        let scope = RateLimiters.Scope(account: "1", region: "eu-west-3", service: "codebuild")
        let others = [
            RateLimiters.Scope(account: "2", region: "eu-west-3", service: "codebuild"),
            RateLimiters.Scope(account: "1", region: "eu-west-1", service: "codebuild"),
            RateLimiters.Scope(account: "1", region: "eu-west-3", service: "iam"),
        ]
        limiters.received(scope, throttled: true, time: still)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await limiters.admit(scope, time: still) } }
            for other in others { group.addTask { try await limiters.admit(other, time: still) } }
            try await group.waitForAll()
        }
        let places = waits.withLock { $0.sorted() }
        #expect(places.count == 50, "the others do not wait")
        let step = places[1] - places[0]
        #expect(step > .zero)
        for (earlier, later) in zip(places, places.dropFirst()) {
            #expect(abs((later - earlier - step) / .nanoseconds(1)) < 1000, "each has a place of its own")
        }
    }

    @Test("the mode and the number of attempts are the environment's, then the profile's")
    func mode() throws {
        func configuration(_ variables: [String: String], _ config: String = "") throws -> AWSConfiguration {
            let variables = EnvironmentVariables(variables.merging(["HOME": "/h", "AWS_REGION": "a"]) { $1 })
            return try AWSConfiguration(
                variables, profile: try SharedConfiguration(variables) { $0.hasSuffix("config") ? config : nil })
        }
        let table: [(variables: [String: String], config: String, mode: RetryMode, attempts: Int)] = [
            ([:], "", .standard, 5), (["AWS_RETRY_MODE": "legacy"], "", .standard, 5),
            (["AWS_RETRY_MODE": "Standard"], "", .standard, 3),
            (["AWS_RETRY_MODE": "adaptive", "AWS_MAX_ATTEMPTS": "7"], "", .adaptive, 7),
            ([:], "[default]\nretry_mode = adaptive\nmax_attempts = 2\n", .adaptive, 2),
            (["AWS_RETRY_MODE": "standard"], "[default]\nretry_mode = adaptive\n", .standard, 3),
        ]
        for row in table {
            let found = try configuration(row.variables, row.config)
            #expect(found.retryMode == row.mode, "\(row)")
            #expect(found.maxAttempts == row.attempts, "\(row)")
        }
        #expect(throws: UnthrottleError.self) { try configuration(["AWS_RETRY_MODE": "often"]) }
    }
}
