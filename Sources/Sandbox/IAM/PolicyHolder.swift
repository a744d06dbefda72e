internal import AWS

/// A role or a user: what has identity policies.
protocol PolicyHolder: Sendable {
    /// `role` or `user`, as IAM's messages have it.
    static var kind: String { get }
    /// IAM's quota of characters over all inline policies, blanks not counted.
    static var inlineLimit: Int { get }
    var name: String { get }
    var tags: [IAM.Tag] { get set }
    /// The ARN of the policy beyond which nothing is allowed.
    var permissionsBoundary: String? { get set }
    /// Inline policies by name.
    var inline: [String: String] { get set }
    /// ARNs of managed policies in the order in which they were attached.
    var attached: [String] { get set }
}

extension IAMState.Role {
    static var kind: String { "role" }
    static var inlineLimit: Int { 10_240 }
}

extension IAMState.User {
    static var kind: String { "user" }
    static var inlineLimit: Int { 2048 }
}

extension PolicyHolder {
    /// An inline policy's document.
    func document(_ policy: String) throws -> String {
        guard let document = inline[policy] else { throw noPolicy(policy) }
        return document
    }

    mutating func put(_ policy: String, _ document: String) throws {
        inline[policy] = document
        let size = inline.values.reduce(0) { $0 + $1.count { !$0.isWhitespace } }
        guard size <= Self.inlineLimit else {
            throw ServiceError(
                "LimitExceeded", "Maximum policy size of \(Self.inlineLimit) bytes exceeded for \(Self.kind) \(name)",
                status: 409)
        }
    }

    mutating func remove(_ policy: String) throws {
        guard inline.removeValue(forKey: policy) != nil else { throw noPolicy(policy) }
    }

    mutating func attach(_ arn: String) throws {
        guard !attached.contains(arn) else { return }
        guard attached.count < 10 else {
            let quota = "PoliciesPer\(Self.kind.prefix(1).uppercased())\(Self.kind.dropFirst())"
            throw ServiceError("LimitExceeded", "Cannot exceed quota for \(quota): 10", status: 409)
        }
        attached.append(arn)
    }

    mutating func detach(_ arn: String) throws {
        guard attached.contains(arn) else {
            throw ServiceError("NoSuchEntity", "Policy \(arn) was not found.", status: 404)
        }
        attached.removeAll { $0 == arn }
    }

    /// IAM deletes nothing that still has policies.
    func checkDeletable() throws {
        guard attached.isEmpty else {
            throw ServiceError("DeleteConflict", "Cannot delete entity, must detach all policies first.", status: 409)
        }
        guard inline.isEmpty else {
            throw ServiceError("DeleteConflict", "Cannot delete entity, must delete policies first.", status: 409)
        }
    }

    private func noPolicy(_ policy: String) -> ServiceError {
        ServiceError("NoSuchEntity", "The \(Self.kind) policy with name \(policy) cannot be found.", status: 404)
    }
}
