internal import AWS
internal import FoundationEssentials

/// What Secrets Manager holds.
struct SecretsState: Codable, Sendable, Hashable {
    /// One version of a secret's value.
    struct Version: Codable, Sendable, Hashable {
        var id: String
        var text: Sensitive<String>?
        var binary: Sensitive<Data>?
        var created: Date
        /// Staging labels; a version without any is deprecated and kept for a while.
        var stages: [String]
    }

    struct StoredSecret: Codable, Sendable, Hashable {
        var name: String
        var arn: String
        var description: String?
        /// As it was handed in; nil for `aws/secretsmanager`.
        var kmsKeyID: String?
        var tags: [SecretsManager.Tag]
        var created: Date
        var changed: Date
        var accessed: Date?
        /// When deletion was asked for, and when it happens.
        var deletion: Deletion?
        /// The resource policy, as it was handed in.
        var policy: String?
        var versions: [Version] = []

        struct Deletion: Codable, Sendable, Hashable {
            var asked: Date
            var due: Date
        }

        static let current = "AWSCURRENT"
        static let previous = "AWSPREVIOUS"

        /// The version that a label is on.
        func version(stage: String) -> Version? { versions.first { $0.stages.contains(stage) } }
        /// Version ids with their labels, deprecated ones left out, as answers have them.
        var stagesByVersion: [String: [String]] {
            Dictionary(uniqueKeysWithValues: versions.filter { !$0.stages.isEmpty }.map { ($0.id, $0.stages) })
        }
    }

    /// By name.
    var secrets: [String: StoredSecret] = [:]

    /// The secret that an id means: a name, a whole ARN, or an ARN without its last hyphen and six characters.
    func find(_ id: String) -> StoredSecret? {
        if let named = secrets[id] { return named }
        guard id.hasPrefix("arn:") else { return nil }
        return secrets.values.first { $0.arn == id || $0.arn.dropLast(7) == id }
    }

    /// Takes out what is past its recovery window.
    mutating func purge(at now: Date) {
        let due = secrets.values.filter { $0.deletion.map { $0.due <= now } ?? false }
        for secret in due { secrets[secret.name] = nil }
    }
}

extension SecretsState.StoredSecret {
    /// Adds a version; AWSCURRENT moves to it when `stages` say so or when it is the first, and the one before becomes
    /// AWSPREVIOUS.
    mutating func add(_ version: SecretsState.Version) {
        var version = version
        if versions.isEmpty, !version.stages.contains(Self.current) { version.stages.append(Self.current) }
        if version.stages.contains(Self.current),
            let index = versions.firstIndex(where: { $0.stages.contains(Self.current) })
        {
            for other in versions.indices { versions[other].stages.removeAll { $0 == Self.previous } }
            versions[index].stages.append(Self.previous)
        }
        for index in versions.indices { versions[index].stages.removeAll { version.stages.contains($0) } }
        versions.append(version)
        // Secrets Manager keeps at most 100 versions and drops the oldest that has no label.
        while versions.count > 100, let oldest = versions.firstIndex(where: \.stages.isEmpty) {
            versions.remove(at: oldest)
        }
        changed = version.created
    }
}
