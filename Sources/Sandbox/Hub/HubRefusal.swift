internal import Core
internal import HTTPTypes

/// Why the hub does not give what it was asked for: the codes of the OCI distribution specification, Docker Hub's
/// words.
enum HubRefusal {
    /// No token, or none that helps: the answer says where to get one.
    case unauthorized(repository: String?, reason: ChallengeReason?)
    case wrongLogin
    case loginLocked
    case unsupportedGrant
    case pullLimit(HubIdentity, tokenID: String)
    case unknownManifest(String)
    case unknownBlob(String)
    case unknownRoute
    case readOnly
    case linkRefused
    case rangeNotSatisfiable(size: Int)

    enum ChallengeReason: String {
        case invalidToken = "invalid_token"
        case insufficientScope = "insufficient_scope"
    }

    /// The refusal as an answer; `realm` is the URL of the token endpoint.
    func answer(realm: String) -> LoopbackAnswer {
        switch self {
        case .unauthorized(let repository, let reason):
            var challenge = #"Bearer realm="\#(realm)",service="registry.docker.io""#
            if let repository { challenge += #",scope="repository:\#(repository):pull""# }
            if let reason { challenge += #",error="\#(reason.rawValue)""# }
            let detail: JSON =
                repository.map {
                    [["Type": "repository", "Class": "", "Name": .string($0), "Action": "pull"]]
                } ?? .null
            return Self.registry(
                401, "UNAUTHORIZED", "authentication required", detail, [.wwwAuthenticate: challenge])
        case .wrongLogin: return Self.json(401, ["details": "incorrect username or password"])
        case .loginLocked:
            return Self.json(429, ["details": "too many failed login attempts for username or IP address"])
        case .unsupportedGrant: return Self.json(400, ["error": "unsupported_grant_type"])
        case .pullLimit(let identity, let tokenID):
            return Self.registry(429, "TOOMANYREQUESTS", Self.limitWords(identity, tokenID))
        case .unknownManifest(let reference):
            return Self.registry(404, "MANIFEST_UNKNOWN", "manifest unknown", .string("unknown tag=\(reference)"))
        case .unknownBlob(let digest):
            return Self.registry(404, "BLOB_UNKNOWN", "blob unknown to registry", ["digest": .string(digest)])
        case .unknownRoute: return Self.registry(404, "NOT_FOUND", "page not found")
        case .readOnly: return Self.registry(405, "UNSUPPORTED", "The operation is unsupported.")
        case .linkRefused: return LoopbackAnswer(status: 403)
        case .rangeNotSatisfiable(let size):
            return LoopbackAnswer(status: 416, headers: [.contentRange: "bytes */\(size)"])
        }
    }

    private static func limitWords(_ identity: HubIdentity, _ tokenID: String) -> String {
        let page = "https://www.docker.com/increase-rate-limit"
        return switch identity {
        case .anonymous: "You have reached your unauthenticated pull rate limit. \(page)"
        case .account(let account):
            "You have reached your pull rate limit as '\(account.name)': \(tokenID). You may increase the limit by upgrading. \(page)"
        }
    }

    private static func registry(
        _ status: Int, _ code: String, _ message: String, _ detail: JSON = .null, _ headers: HTTPFields = [:]
    ) -> LoopbackAnswer {
        var error: [String: JSON] = ["code": .string(code), "message": .string(message)]
        if detail != .null { error["detail"] = detail }
        return json(status, ["errors": [.object(error)]], headers)
    }

    private static func json(_ status: Int, _ document: JSON, _ headers: HTTPFields = [:]) -> LoopbackAnswer {
        var headers = headers
        headers[.contentType] = "application/json"
        return LoopbackAnswer(status: status, headers: headers, body: Array((document.text() + "\n").utf8))
    }
}

/// Who asks, as the hub counts it.
enum HubIdentity {
    /// By address.
    case anonymous(String)
    case account(HubAccount)

    /// The value of `docker-ratelimit-source`: an address, or an account's UUID.
    var source: String {
        switch self {
        case .anonymous(let address): address
        case .account(let account): account.id
        }
    }
}
