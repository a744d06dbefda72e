internal import AWS

/// KMS: which key a request means, and who may use it.
extension KMSService {
    /// The key of an id, an ARN, an alias or an alias's ARN, once the caller may do `action` with it.
    func key(
        _ id: String, for action: String, _ state: AccountState, _ call: Call, aliases: Bool = true,
        context: [String: String] = [:]
    ) throws -> KeysState.Key {
        try Self.check.length(id, "keyId", 1...2048)
        let isAlias = id.hasPrefix("alias/") || id.contains(":alias/")
        if isAlias, !aliases { throw ServiceError("NotFoundException", "Invalid keyId \(id)") }
        try checkPlace(of: id, for: action, call)
        guard let key = state.keys.find(id) else {
            throw Self.noKey(id, backend.place)
        }
        try state.authorize(AccessRequest(call.caller, action, on: key.arn, context: context), key: key)
        return key
    }

    /// An ARN of another Region names nothing that this Region's KMS knows; keys of other accounts are not here, and none
    /// of them lets this account in.
    func checkPlace(of id: String, for action: String, _ call: Call) throws(ServiceError) {
        guard let place = KeyName(id).place else { return }
        guard place.partition == "aws", place.region == backend.place.region else {
            throw ServiceError("NotFoundException", "Invalid arn \(place.region)")
        }
        guard place.account == backend.place.account else {
            throw .accessDenied(
                "User: \(call.caller.arn) is not authorized to perform: \(action) on resource: \(id) because the resource "
                    + "does not exist in this Region, no resource-based policies allow access, or a resource-based policy "
                    + "explicitly denies access")
        }
    }

    /// No key here has grants, so no token is one of theirs.
    func check(grants tokens: [String]?) throws(ServiceError) {
        guard let tokens, !tokens.isEmpty else { return }
        throw ServiceError("InvalidGrantTokenException", "")
    }

    static func noKey(_ id: String, _ place: AccountPlace) -> ServiceError {
        let isAlias = id.hasPrefix("alias/") || id.contains(":alias/")
        return ServiceError(
            "NotFoundException",
            isAlias
                ? "Alias \(id.hasPrefix("arn:") ? id : place.arn("kms", id)) is not found."
                : "Key '\(id.hasPrefix("arn:") ? id : place.arn("kms", "key/\(id)"))' does not exist")
    }
}
