internal import Core

/// What AWS says is missing in `User: ARN is not authorized to perform: ACTION on resource: RESOURCE because ...`.
public struct MissingPermission: Sendable, Hashable {
    /// Who asked: an ARN.
    public let principal: String
    /// What for, such as `iam:PutRolePolicy`.
    public let action: String
    /// On what: an ARN, or `*` where the message names none.
    public let resource: String
    /// Whether a policy forbids it, so that one more grant changes nothing.
    public let isExplicitDeny: Bool

    /// Reads the message of an access denial; nil where it is in other words.
    public init?(_ message: String) {
        guard let user = Self.word(after: "User: ", in: message),
            let action = Self.word(after: "not authorized to perform: ", in: message), action.contains(":")
        else { return nil }
        principal = user
        self.action = action
        isExplicitDeny = message.contains("explicit deny")
        resource = Self.resource(in: message, principal: user)
    }

    /// The smallest policy statement that grants it, as JSON.
    public var statement: String {
        JSON.object(["Effect": "Allow", "Action": .string(action), "Resource": .string(resource)]).text(pretty: true)
    }

    private static func resource(in message: String, principal: String) -> String {
        guard let mark = message.firstRange(of: "on resource: ") else { return "*" }
        let words = message[mark.upperBound...].split(separator: " ").map { $0.trimmed }
        guard let first = words.first else { return "*" }
        let name = first.hasSuffix(".") || first.hasSuffix(",") ? String(first.dropLast()) : first
        if name.hasPrefix("arn:") || name == "*" { return name }
        let fields = principal.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count > 5 else { return "*" }
        let (partition, account) = (fields[1], fields[4])
        // IAM names its own things as `role NAME`; Secrets Manager repeats the name that was asked for.
        if ["role", "user", "policy", "group"].contains(name), words.count > 1 {
            return "arn:\(partition):iam::\(account):\(name)/\(words[1])"
        }
        if message.contains("perform: secretsmanager:") {
            return "arn:\(partition):secretsmanager:*:\(account):secret:\(name)-??????"
        }
        return "*"
    }

    private static func word(after mark: String, in message: String) -> String? {
        guard let range = message.firstRange(of: mark) else { return nil }
        let word = message[range.upperBound...].prefix { !$0.isWhitespace && $0 != "," }
        return word.isEmpty ? nil : String(word)
    }
}
