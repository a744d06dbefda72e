internal import AWS
internal import FoundationEssentials

/// What IAM holds.
struct IAMState: Codable, Sendable, Hashable {
    /// A role with its policies, each as the text that was handed in.
    struct Role: Codable, Sendable, Hashable {
        var name: String
        var path: String
        var id: String
        var arn: String
        var created: Date
        var description: String?
        var maxSessionDuration: Int
        var permissionsBoundary: String?
        var trustPolicy: String
        var tags: [IAM.Tag]
        /// Inline policies by name.
        var inline: [String: String] = [:]
        /// ARNs of managed policies in the order in which they were attached.
        var attached: [String] = []
    }

    /// A managed policy. Versions other than the first are not made here, so there is one document.
    struct ManagedPolicy: Codable, Sendable, Hashable {
        var name: String
        var path: String
        var id: String
        var arn: String
        var created: Date
        var description: String?
        var document: String
        var tags: [IAM.Tag]
        /// Always `v1`.
        static let versionID = "v1"
    }

    /// By name; IAM looks names up by case, and lets no two differ in case only.
    var roles: [String: Role] = [:]
    /// By ARN.
    var policies: [String: ManagedPolicy] = [:]

    /// The role of an ARN, whose path counts.
    func role(arn: String) -> Role? {
        roles.values.first { $0.arn == arn }
    }

    /// The documents that speak for a role's sessions.
    func identityPolicies(ofRole arn: String) -> [PolicyDocument] {
        guard let role = role(arn: arn) else { return [] }
        let texts = role.inline.values + role.attached.compactMap { policy($0)?.document }
        // Every document was checked when it came in.
        return texts.compactMap { try? PolicyDocument(parsing: $0, for: .identity) }
    }
}
