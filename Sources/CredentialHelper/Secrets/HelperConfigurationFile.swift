internal import Core
internal import Registry

/// `helper.json`: `{"secret", "region", "role", "registries": {REGISTRY: SECRET or {"secret", "region", "role"}}}`, every member
/// optional. The outer members are for the registries that do not say otherwise; without `registries` they are Docker Hub's.
enum HelperConfigurationFile {
    private static let placeMembers = ["secret", "region", "role"]

    /// The places by registry; throws `invalidInput` that names the file and what is wrong in it.
    static func places(in text: String, path: String) throws -> [String: SecretPlace] {
        func refusal(_ why: String, hint: String? = nil) -> UnthrottleError {
            UnthrottleError(.invalidInput, "\(path): \(why)", hint: hint)
        }
        guard let document = (try? JSON(parsing: text))?.object else { throw refusal("this is not a JSON object") }

        func place(_ members: [String: JSON], _ known: [String], outer: SecretPlace) throws -> SecretPlace {
            for name in members.keys.sorted() where !known.contains(name) {
                throw refusal("\"\(name)\" is unknown", hint: "Known are \(known.joined(separator: ", ")).")
            }
            func text(_ name: String) throws -> String? {
                guard let value = members[name] else { return nil }
                guard let text = value.string, !text.isEmpty else { throw refusal("\"\(name)\" is not a text") }
                return text
            }
            return SecretPlace(
                secret: try text("secret") ?? outer.secret, region: try text("region") ?? outer.region,
                role: try text("role") ?? outer.role)
        }

        let outer = try place(
            document, placeMembers + ["registries"], outer: SecretPlace(secret: HelperConfiguration.defaultSecret))
        guard let registries = document["registries"] else { return [HubEndpoint.loginKey: outer] }
        guard let entries = registries.object else { throw refusal("\"registries\" is not an object") }
        var places: [String: SecretPlace] = [:]
        for (name, entry) in entries {
            let registry = DockerHubNames.written.contains(name) ? HubEndpoint.loginKey : name
            guard !registry.contains("/") || registry == HubEndpoint.loginKey else {
                throw refusal(
                    "\"\(name)\" is not a registry", hint: "Write its host, with its port if it has one: ghcr.io")
            }
            let inner: [String: JSON]? = if case .string = entry { ["secret": entry] } else { entry.object }
            guard let inner else { throw refusal("\"\(name)\" is neither a secret's name nor an object") }
            guard places.updateValue(try place(inner, placeMembers, outer: outer), forKey: registry) == nil else {
                throw refusal("Docker Hub stands there twice")
            }
        }
        return places
    }
}
