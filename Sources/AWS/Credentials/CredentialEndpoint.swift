internal import Core
internal import FoundationEssentials
internal import HTTP

/// Asks an endpoint that hands out credentials, a few times if need be; this is no AWS API, so the client's retry is not there.
struct CredentialEndpoint: Sendable {
    /// In messages: `the container's credential endpoint`.
    let name: String
    let attempts: Int
    let transport: any Transport
    let time: Timekeeper

    /// The answer with whatever status below 500 but 429; another attempt a second after each failure. Throws `credentials` where
    /// the last fails too.
    func fetch(_ request: WebRequest) async throws -> CompleteResponse {
        var attempt = 1
        while true {
            do {
                let response = try await transport.fetch(request, most: 1 << 20)
                guard response.status >= 500 || response.status == 429 else { return response }
                if attempt == attempts {
                    throw UnthrottleError(.credentials, "\(name) answers with status \(response.status)")
                }
            } catch let error as TransportError where attempt == attempts || error.kind == .forbidden {
                throw UnthrottleError(.credentials, "\(name) does not answer", cause: error)
            } catch is TransportError {}
            attempt += 1
            try await time.sleep(.seconds(1))
        }
    }
}
