import Core
import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Sandbox

/// A hub without a network, asked as a client asks it.
struct HubFixture: Sendable {
    static let account = HubAccount(name: "builder", password: Secret("right-password"), limit: .pulls(5))
    static let paid = HubAccount(name: "payer", password: Secret("paid-password"), limit: .unlimited)

    let hub: Hub
    let time = ManualTime()

    init(anonymous: Int = 2, privateRepositories: [String: Set<String>] = [:], throttlesHeads: Bool = false) {
        let configuration = HubConfiguration(
            anonymousLimit: .pulls(anonymous), accounts: [Self.account, Self.paid],
            privateRepositories: privateRepositories, throttlesHeads: throttlesHeads)
        hub = Hub(configuration, images: .standard, time: time.keeper, dice: .seeded(1))
    }

    var counts: HubCounts { hub.state.withLock { $0.counts } }

    func ask(
        _ method: HTTPRequest.Method, _ target: String, _ headers: HTTPFields = [:], body: String = "",
        from peer: String = "127.0.0.1"
    ) -> LoopbackAnswer {
        hub.answer(
            LoopbackRequest(
                method: method, target: target, authority: "127.0.0.1:5080", headers: headers, body: Array(body.utf8),
                peer: peer))
    }

    /// A token for one repository; of nobody unless told otherwise.
    func token(_ repository: String = "library/busybox", _ account: HubAccount? = nil) throws -> String {
        let answer = logIn(account?.name, account?.password.reveal() ?? "", scope: "repository:\(repository):pull")
        #expect(answer.status == 200)
        return try #require(try answer.json["token"]?.string)
    }

    func logIn(_ user: String?, _ password: String, scope: String = "") -> LoopbackAnswer {
        var headers: HTTPFields = [:]
        if let user {
            headers[.authorization] = "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
        }
        return ask(.get, "/token?service=registry.docker.io&scope=\(scope)", headers)
    }

    func manifest(
        _ method: HTTPRequest.Method = .get, _ name: String = "library/busybox", _ reference: String = "latest",
        token: String, from peer: String = "127.0.0.1"
    ) -> LoopbackAnswer {
        ask(method, "/v2/\(name)/manifests/\(reference)", [.authorization: "Bearer \(token)"], from: peer)
    }
}

extension LoopbackAnswer {
    var json: JSON {
        get throws { try JSON(parsing: Data(body)) }
    }

    /// The first error's code and message.
    var refusal: [String] {
        get throws {
            let error = try json["errors"]?.array?.first
            return [error?["code"]?.string ?? "", error?["message"]?.string ?? ""]
        }
    }

    subscript(name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
