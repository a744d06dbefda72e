/// What a request calls a KMS key: an id, an alias, or the ARN of one (KMS Developer Guide, "Key identifiers").
struct KeyName: Sendable, Hashable {
    /// Where an ARN says that the key is.
    struct Place: Sendable, Hashable {
        var partition: Substring
        var region: Substring
        var account: Substring
    }

    /// nil for a name that is no ARN.
    let place: Place?
    /// The alias, `alias/` in front; nil for a name that is none.
    let alias: String?
    /// The key's id; nil for an alias.
    let resource: String?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let isARN = parts.first == "arn" && parts.count == 6
        place = isARN ? Place(partition: parts[1], region: parts[3], account: parts[4]) : nil
        let rest = isARN ? String(parts[5]) : text
        alias = rest.hasPrefix("alias/") ? rest : nil
        // A bare name is an id as it stands; in an ARN, the id is behind `key/`.
        resource = alias == nil ? (rest.hasPrefix("key/") ? String(rest.dropFirst(4)) : rest) : nil
    }
}
