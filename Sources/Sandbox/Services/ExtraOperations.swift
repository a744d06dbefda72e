internal import AWS
internal import FoundationEssentials

// Operations that this program never calls itself, but that other clients of the sandbox do: Terraform's provider asks
// for a secret's resource policy and for a role's instance profiles, and without Encrypt there is nothing to decrypt.

extension SecretsManager {
    /// Reads a secret's resource policy.
    struct GetResourcePolicy: Operation, Hashable {
        static var effect: Effect { .read }
        var secretId: String

        /// The sandbox's secrets have no resource policy, so there is none in the answer.
        struct Output: Codable, Hashable, Sendable {
            var arn: String
            var name: String
        }
    }
}

extension IAM {
    /// Lists a role's instance profiles.
    struct ListInstanceProfilesForRole: Operation, Hashable {
        static var effect: Effect { .read }
        var roleName: String

        /// The sandbox has no instances, so the list is empty.
        struct Output: Codable, Hashable, Sendable {
            var instanceProfiles: [String]
            var isTruncated: Bool
        }
    }
}

extension KMS {
    /// Encrypts up to 4096 bytes.
    struct Encrypt: Operation, Hashable {
        static var effect: Effect { .read }
        var keyId: String
        var plaintext: Sensitive<Data>
        var encryptionContext: [String: String]?

        struct Output: Codable, Hashable, Sendable {
            var ciphertextBlob: Data
            var keyId: String
            var encryptionAlgorithm: String
        }
    }
}
