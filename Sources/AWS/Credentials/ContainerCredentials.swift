internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// Credentials from the endpoint that a container is given: CodeBuild, ECS, EKS (SDK guide, "Container credential provider").
struct ContainerCredentials: Sendable {
    private static let knownHosts: Set<String> = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"]

    private let url: String
    private let surroundings: CredentialSurroundings

    /// The endpoint that AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI names; nil where neither is set.
    ///
    /// Throws `credentials` for a full URI to which a token must not go: only https, loopback and AWS's own link-local addresses are asked.
    init?(_ surroundings: CredentialSurroundings) throws {
        let variables = surroundings.variables
        if let path = variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            url = "http://169.254.170.2" + path
        } else if let full = variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
            guard let parts = URLText.parts(full),
                parts.scheme == "https" || parts.isLoopback || Self.knownHosts.contains(parts.host)
            else {
                throw UnthrottleError(
                    .credentials,
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI names a host that may not be asked for credentials",
                    hint: "It must be https, loopback, or one of \(Self.knownHosts.sorted().joined(separator: ", ")).")
            }
            url = full
        } else {
            return nil
        }
        self.surroundings = surroundings
    }

    /// Asks the endpoint: three attempts of two seconds each, a second apart.
    func credentials() async throws -> AWSCredentials {
        var headers: HTTPFields = [.accept: "application/json"]
        if let token = try token() {
            let value = token.trimmed
            guard !value.contains(where: \.isNewline) else {
                throw UnthrottleError(.credentials, "the container's authorization token has more than one line")
            }
            headers[.authorization] = value
        }
        let limits = WebRequest.Limits(connect: .seconds(2), idle: .seconds(2), overall: .seconds(2))
        let endpoint = CredentialEndpoint(
            name: "the container's credential endpoint", attempts: 3, transport: surroundings.transport,
            time: surroundings.time)
        let response = try await endpoint.fetch(
            WebRequest(.get, url, headers: headers, limits: limits, carriesSecret: true))
        guard response.status == 200 else {
            throw UnthrottleError(.credentials, "\(endpoint.name) answers with status \(response.status)")
        }
        guard let found = MetadataCredentials(response.bytes) else {
            throw UnthrottleError(.credentials, "\(endpoint.name) answers something that is no credential")
        }
        return found.credentials
    }

    private func token() throws -> String? {
        guard let file = surroundings.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return surroundings.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        guard let text = try surroundings.read(file) else {
            throw UnthrottleError(.credentials, "\(file), which should hold the container's token, does not exist")
        }
        return text
    }
}

/// The document that the container's endpoint and the instance metadata service answer with.
struct MetadataCredentials: Sendable {
    private struct Answer: Decodable {
        var AccessKeyId: String
        var SecretAccessKey: String
        var Token: String?
        var Expiration: String?
    }

    var credentials: AWSCredentials

    /// Nil for any other document, such as IMDS's refusals, which come with status 200.
    init?(_ body: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { return nil }
        credentials = AWSCredentials(
            accessKeyID: answer.AccessKeyId, secretAccessKey: Secret(answer.SecretAccessKey),
            sessionToken: answer.Token.flatMap { $0.isEmpty ? nil : Secret($0) },
            expiration: answer.Expiration.flatMap(ISO8601.date))
    }
}
