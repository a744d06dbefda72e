import Core
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import AWS

/// What each operation's ``Effect`` makes of an answer that was lost.
@Suite struct EffectTests {
    private static let changing = [
        "Create", "Put", "Update", "Delete", "Set", "Attach", "Detach", "Start", "Stop", "Retry", "Tag", "Restore",
        "Remove",
    ]
    /// Names that do not tell: a second StartQuery reads the same logs again; ReceiveMessage hides what it hands out for a while.
    private static let named: [String: Effect] = ["StartQuery": .read, "ReceiveMessage": .idempotent]

    @Test("no write is sent again blindly; everything else is", arguments: allOperations.indices)
    func lostAnswer(_ index: Int) async throws {
        for line in ClientTests.lostAnswers { try await check(allOperations[index], line) }
    }

    private func check<O: AWSOperation>(_: O.Type, _ line: ScriptedTransport.Line) async throws {
        let transport = ScriptedTransport { _, _ in line }
        let client = AWSClient(
            AWSConfiguration(region: "eu-west-3", maxAttempts: 3), credentials: ClientTests.credentials,
            transport: transport, time: ManualTime().keeper, dice: .seeded(1))
        let operation = try SampleDecoder.make(O.self)
        let error = await #expect(throws: (any Error).self) { try await client.call(operation) }
        // An operation's members may decide: a PutObject with a condition would fail on its own first success.
        if operation.effect == .write {
            #expect(error is OutcomeUnknown, "\(O.service.id) \(O.name): \(String(describing: error))")
            #expect(transport.requests.count == 1, "\(O.service.id) \(O.name)")
        } else {
            #expect(!(error is OutcomeUnknown))
            #expect(transport.requests.count == 3, "\(O.service.id) \(O.name): \(String(describing: error))")
            if let token = O.token {
                // The same token each time, or the service would act twice.
                let sent = try transport.requests.map {
                    try O.service.codec.decodeRequest(O.self, from: $0.body)[keyPath: token]
                }
                #expect(Set(sent).count == 1)
            }
        }
    }

    @Test("what makes something new may be repeated only with a token", arguments: allOperations.indices)
    func effect(_ index: Int) {
        let operation = allOperations[index]
        let isChange = Self.changing.contains { operation.name.hasPrefix($0) }
        if let effect = Self.named[operation.name] {
            #expect(operation.effect == effect)
            return
        }
        #expect((operation.effect == .read) == !isChange, "\(operation.name) is \(operation.effect)")
        if operation.name.hasPrefix("Create") || operation.name.hasPrefix("Start") || operation.name.hasPrefix("Retry")
        {
            #expect(
                operation.effect == .write || hasToken(operation),
                "\(operation.name) may be repeated")
        }
    }

    private func hasToken<O: AWSOperation>(_: O.Type) -> Bool { O.token != nil }
}
