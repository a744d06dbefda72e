internal import AWS
internal import FoundationEssentials

extension IAMService {
    /// The users and roles of the account that a trust policy names must be there (IAM User Guide, "Troubleshoot IAM
    /// roles").
    static func checkPrincipals(of trust: String, _ state: AccountState, _ place: AccountPlace) throws {
        guard let document = try? PolicyDocument(parsing: trust, for: .trust) else { return }
        if let name = state.iam.missingPrincipal(of: document, place) {
            throw ServiceError("MalformedPolicyDocument", "Invalid principal in policy: \"AWS\":\"\(name)\"")
        }
    }

    /// The policy of a permissions boundary, which must be there.
    static func boundary(_ arn: String?, _ state: AccountState) throws -> String? {
        try check.length(arn, "permissionsBoundary", 20...2048)
        if let arn, state.iam.policy(arn) == nil {
            throw ServiceError("NoSuchEntity", "Scope ARN: \(arn) does not exist or is not attachable.", status: 404)
        }
        return arn
    }

    /// Adds tags, or gives those that are there other values.
    static func tag(_ holder: inout some PolicyHolder, _ tags: [IAM.Tag]) throws {
        holder.tags = try merged(holder.tags, tags)
    }

    static func merged(_ old: [IAM.Tag], _ new: [IAM.Tag]) throws -> [IAM.Tag] {
        for tag in new {
            try check.length(tag.key, "tags.key", 1...128)
            try check.length(tag.value, "tags.value", 0...256)
            guard !tag.key.lowercased().hasPrefix("aws:") else {
                throw ServiceError("InvalidInput", "Tag keys must not start with aws:.")
            }
        }
        let merged = old.filter { tag in !new.contains { $0.key == tag.key } } + new
        guard merged.count <= 50 else {
            throw ServiceError("LimitExceeded", "Cannot exceed quota for TagsPerResource: 50", status: 409)
        }
        return merged
    }

    static func page<Item>(_ items: [Item], _ marker: String?, _ most: Int?) throws -> (items: [Item], next: String?) {
        try check.range(most, "maxItems", 1...1000)
        guard let page = Page.cut(items, from: marker, size: most ?? 100) else {
            throw ServiceError(check.code, "Invalid Marker.")
        }
        return page
    }
}

extension IAMState {
    /// A user or a role of the account that a document names and that is not there; nil where there is none. Who is in
    /// other accounts cannot be known.
    func missingPrincipal(of document: PolicyDocument, _ place: AccountPlace) -> String? {
        document.namedPrincipals.first { name in
            (name.hasPrefix(place.iam("role/")) || name.hasPrefix(place.iam("user/")))
                && role(arn: name) == nil && !users.values.contains { $0.arn == name }
        }
    }
}
