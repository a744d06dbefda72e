internal import FoundationEssentials

/// By what ListSecrets sorts (API_ListSecrets, SortBy); the name decides between equals.
struct SecretOrder: Sendable {
    private enum Key: String, CaseIterable {
        case created = "created-date"
        case accessed = "last-accessed-date"
        case changed = "last-changed-date"
        case name
    }
    private let key: Key

    /// By the date of creation where a request names nothing; refuses what is no order.
    init(_ name: String?) throws {
        try SecretsManagerService.check.oneOf(name, "sortBy", Key.allCases.map(\.rawValue))
        key = name.flatMap(Key.init) ?? .created
    }

    /// Whether one secret stands before another in ascending order.
    func precedes(_ one: SecretsState.StoredSecret, _ other: SecretsState.StoredSecret) -> Bool {
        (date(of: one), one.name) < (date(of: other), other.name)
    }

    private func date(of secret: SecretsState.StoredSecret) -> Date {
        switch key {
        case .created: secret.created
        // What was never read comes first.
        case .accessed: secret.accessed ?? .distantPast
        case .changed: secret.changed
        case .name: .distantPast
        }
    }
}
