internal import Core

/// A policy document (IAM User Guide, "Grammar of the IAM JSON policy language").
package struct PolicyDocument: Sendable, Hashable {
    /// Where a document stands, which decides the elements that it must and must not have.
    package enum Place: Sendable {
        /// On a role: no principals.
        case identity
        /// A role's trust policy: principals, no resources.
        case trust
        /// On a KMS key: principals and resources.
        case key
    }

    let statements: [PolicyStatement]

    /// The users and roles that principals name, as the document has them: ARNs, account numbers.
    package var namedPrincipals: [String] { statements.flatMap { $0.principals?.aws ?? [] } }

    /// Whether a statement allows everyone something without a condition.
    package var letsEveryoneIn: Bool {
        statements.contains { $0.effect == .allow && $0.principals?.everyone == true && $0.conditions.isEmpty }
    }

    /// Reads and checks a document; throws ``MalformedPolicy`` with IAM's words for it.
    package init(parsing text: String, for place: Place) throws(MalformedPolicy) {
        guard let root = try? JSON(parsing: text) else { throw MalformedPolicy("This policy contains invalid Json") }
        guard let members = root.object, members.keys.allSatisfy({ ["Version", "Id", "Statement"].contains($0) }) else {
            throw .syntax
        }
        let version = members["Version"] ?? "2008-10-17"
        guard version == "2012-10-17" || version == "2008-10-17", let body = members["Statement"] else { throw .syntax }
        var statements: [PolicyStatement] = []
        for item in body.array ?? [body] {
            statements.append(
                try PolicyStatement(reading: item, for: place, hasVariables: version == "2012-10-17"))
        }
        guard !statements.isEmpty else { throw .syntax }
        let sids = statements.compactMap(\.sid)
        guard Set(sids).count == sids.count else {
            throw MalformedPolicy("Statement IDs (SID) in a single policy must be unique.")
        }
        self.statements = statements
    }
}

/// A document that IAM refuses (MalformedPolicyDocument), in IAM's words.
package struct MalformedPolicy: Error, Hashable {
    package let message: String

    package init(_ message: String) { self.message = message }

    static let syntax = MalformedPolicy("Syntax errors in policy.")
}
