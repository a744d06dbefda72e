internal import Core

/// The least that a service role needs to read the secret: the article's statement, and the key's where there is one.
struct GrantDocument {
    /// The inline policy's name, the article's.
    static let policyName = "dockerhub_secret_access"

    /// What the statements allow.
    var secret: String
    /// The customer-managed key's ARN; nil for `aws/secretsmanager`, which needs no statement in the same account.
    var keyARN: String?
    /// The Region of the secret, for `kms:ViaService`.
    var region: String
    /// `amazonaws.com`, or the partition's own.
    var dnsSuffix: String

    var statements: [JSON] {
        var all: [JSON] = [
            ["Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": [.string(secret)]]
        ]
        if let keyARN {
            all.append([
                "Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [.string(keyARN)],
                "Condition": ["StringEquals": ["kms:ViaService": .string("secretsmanager.\(region).\(dnsSuffix)")]],
            ])
        }
        return all
    }

    /// The document with the statements that it lacks at its end; nil where it lacks none. What stands in it is kept.
    func added(to existing: String?) throws -> String? {
        guard let existing else {
            return JSON.object(["Version": "2012-10-17", "Statement": .array(statements)]).text()
        }
        guard case .object(var members) = try JSON(parsing: existing) else {
            throw UnthrottleError(.invalidInput, "the inline policy \(Self.policyName) is no JSON object")
        }
        let present = members["Statement"]?.array ?? members["Statement"].map { [$0] } ?? []
        let missing = statements.filter { !present.contains($0) }
        guard !missing.isEmpty else { return nil }
        members["Statement"] = .array(present + missing)
        return JSON.object(members).text()
    }
}
