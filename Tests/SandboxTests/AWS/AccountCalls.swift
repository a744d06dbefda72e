import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes

@testable import Sandbox

/// Calls to an account without a network: signed, encoded and decoded as a client does it.
struct AccountCalls: Sendable {
    let account: SandboxAccount
    var credentials: AWSCredentials
    /// The client's clock.
    var now: Date

    init(_ account: SandboxAccount) {
        self.account = account
        credentials = account.operatorKey
        now = account.backend.now
    }

    /// The output; throws the ``WireError`` that the account answered.
    func callAsFunction<O: AWSOperation>(_ operation: O) async throws -> O.Output {
        let answer = await account.front.answer(try request(operation))
        guard answer.status == 200 else {
            throw Refused(
                status: answer.status, O.service.codec.decodeError(headers: answer.headers, body: answer.body))
        }
        return try O.service.codec.decodeAnswer(O.self, from: answer.body)
    }

    /// The request as it would go out.
    func request<O: AWSOperation>(_ operation: O) throws -> LoopbackRequest {
        let message = try O.service.codec.encodeRequest(operation)
        let signed = try RequestSigner().sign(
            WebRequest(.post, "http://127.0.0.1:4566/", headers: message.headers, body: message.body),
            service: O.service.signingName, region: account.backend.place.region, credentials: credentials, at: now)
        return LoopbackRequest(
            method: .post, target: "/", authority: "127.0.0.1:4566", headers: signed.headers, body: signed.body)
    }

    /// A refusal as it came over the wire.
    struct Refused: Error, Equatable {
        var status: Int
        var code: String
        var message: String

        init(status: Int, _ error: WireError) {
            (self.status, code, message) = (status, error.code ?? "", error.message)
        }
    }
}
