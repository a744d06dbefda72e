internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// Credentials of the role that an EC2 instance has, from its metadata service, version 2 (EC2 User Guide, "Use IMDSv2").
struct InstanceCredentials: Sendable {
    private static let path = "/latest/meta-data/iam/security-credentials/"

    private let surroundings: CredentialSurroundings

    init(_ surroundings: CredentialSurroundings) { self.surroundings = surroundings }

    /// The role's keys; nil off EC2, on an instance without a role, and where AWS_EC2_METADATA_DISABLED is true. Each request has one
    /// attempt of a second, so that off EC2 little is lost.
    func find() async throws -> AWSCredentials? {
        guard surroundings.variables["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
        guard
            let token = try await ask(
                .put, "/latest/api/token", [.ec2TokenLifetime: "21600"]
            ).map({ String(decoding: $0, as: UTF8.self) })
        else { return nil }
        let fields: HTTPFields = [.ec2Token: token.trimmed]
        guard let role = try await ask(.get, Self.path, fields).map({ String(decoding: $0, as: UTF8.self).trimmed }),
            !role.isEmpty, !role.contains(where: \.isNewline),
            let answer = try await ask(.get, Self.path + PercentEncoding.encode(role), fields),
            let found = MetadataCredentials(answer)?.credentials, found.sessionToken != nil, let end = found.expiration
        else { return nil }
        return extended(found, end: end)
    }

    /// When the service cannot renew the keys it hands out those that are about to end, or have; they are then used for a while
    /// longer, as botocore does, since services accept them (EC2's "static stability").
    private func extended(_ found: AWSCredentials, end: Date) -> AWSCredentials {
        let window = 15 * 60 + 120 + 480 * surroundings.dice.uniform()
        let now = surroundings.time.now()
        guard end.timeIntervalSince(now) <= window else { return found }
        var longer = found
        longer.expiration = now.addingTimeInterval(window)
        return longer
    }

    private func ask(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields) async throws -> [UInt8]? {
        let limits = WebRequest.Limits(connect: .seconds(1), idle: .seconds(1), overall: .seconds(1))
        do {
            let response = try await surroundings.transport.fetch(
                WebRequest(method, base + path, headers: fields, limits: limits), most: 1 << 16)
            return response.status == 200 ? response.bytes : nil
        } catch is TransportError {
            return nil
        }
    }

    private var base: String {
        let variables = surroundings.variables
        func setting(_ name: String) -> String? {
            variables["AWS_" + name.uppercased()] ?? surroundings.shared[name]
        }
        if let url = setting("ec2_metadata_service_endpoint") {
            return url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        let isIPv6 = setting("ec2_metadata_service_endpoint_mode")?.lowercased() == "ipv6"
        return isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }
}
