public import Core
internal import HTTP

/// The endpoints that the environment and the profile name instead of AWS's own (SDK guide, "Service-specific endpoints").
public struct EndpointOverrides: Sendable, Hashable {
    private var all: String?
    private var bySuffix: [String: String] = [:]

    /// None; or one for every service.
    public init(all: String? = nil) { self.all = all }

    /// In this order: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the service's `endpoint_url` in the profile's `services` section,
    /// the profile's own `endpoint_url`. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, or `ignore_configured_endpoint_urls` in the profile,
    /// turns all of them off. Throws `invalidInput` for one that is no URL and for a `services` section that does not exist.
    public init(_ variables: EnvironmentVariables, profile: SharedConfiguration) throws {
        let ignored = variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? profile["ignore_configured_endpoint_urls"]
        guard ignored?.lowercased() != "true" else { return }
        let common = try Self.checked(variables["AWS_ENDPOINT_URL"], "AWS_ENDPOINT_URL")
        let own = try Self.checked(profile["endpoint_url"], "endpoint_url of the AWS profile \(profile.profileName)")
        all = common ?? own
        let section = try Self.services(of: profile)
        let known = Set(AWSService.all.map(\.environmentSuffix) + ["SSO", "SSO_OIDC", "SIGNIN"])
        for (service, url) in section {
            let name = "endpoint_url of \(service) in the profile's services section"
            if common == nil {
                bySuffix[service.uppercased()] =
                    known.contains(service.uppercased()) ? try Self.checked(url, name) : url
            }
        }
        let prefix = "AWS_ENDPOINT_URL_"
        for (name, url) in variables.all where name.hasPrefix(prefix) && !url.isEmpty {
            let suffix = String(name.dropFirst(prefix.count))
            bySuffix[suffix] = known.contains(suffix) ? try Self.checked(url, name) : url
        }
    }

    /// The `endpoint_url` of each service in the section that the profile names; a service's settings stand indented below its name.
    private static func services(of profile: SharedConfiguration) throws -> [String: String] {
        guard let name = profile["services"] else { return [:] }
        guard let section = profile.section("services", name), !section.isEmpty else {
            throw UnthrottleError(
                .invalidInput, "the AWS profile \(profile.profileName) has services = \(name), which does not exist",
                hint: "Add the section [services \(name)] to the config file, or take the line out.")
        }
        return section.compactMapValues { settings in
            for line in settings.split(separator: "\n") where settings.hasPrefix("\n") {
                let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if halves.count == 2, halves[0].trimmed == "endpoint_url" { return halves[1].trimmed }
            }
            return nil
        }
    }

    private static func checked(_ url: String?, _ name: String) throws -> String? {
        guard let url, !url.isEmpty else { return nil }
        guard let parts = URLText.parts(url), parts.query == nil else {
            throw UnthrottleError(
                .invalidInput, "\(name) is no http or https URL",
                hint: "Write it as http://127.0.0.1:4566, or take it out.")
        }
        return url
    }

    /// The endpoint for a service; nil for AWS's own.
    public subscript(service: AWSService) -> String? { self[suffix: service.environmentSuffix] }

    /// The same by what follows `AWS_ENDPOINT_URL_`, for what is no ``AWSService``.
    subscript(suffix suffix: String) -> String? { bySuffix[suffix] ?? all }
}
