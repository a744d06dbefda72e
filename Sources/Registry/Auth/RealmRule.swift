internal import Core
internal import HTTP

/// Which token service a registry may name: a registry that was tampered with could ask for the login at a host of its
/// own.
enum RealmRule {
    /// Whether the registry at `registry` may send its clients to `realm`.
    ///
    /// Docker Hub: `auth.docker.io` alone. On this machine: the same origin. Elsewhere: https at a host of the same
    /// registrable domain (distribution pins it so since 2026).
    static func allows(_ realm: String, for registry: String) -> Bool {
        guard let realm = URLText.parts(realm), let registry = URLText.parts(registry) else { return false }
        if realm.scheme == registry.scheme, realm.host == registry.host, realm.effectivePort == registry.effectivePort {
            return true
        }
        guard realm.scheme == "https", registry.scheme == "https", realm.effectivePort == 443, !registry.isLoopback
        else { return false }
        if hubHosts.contains(registry.host) { return realm.host == "auth.docker.io" }
        guard let domain = registrableDomain(of: registry.host) else { return false }
        return registrableDomain(of: realm.host) == domain
    }

    private static let hubHosts: Set<String> = [
        "registry-1.docker.io", "index.docker.io", "docker.io", "registry.hub.docker.com",
    ]

    /// Domains under which strangers have names of their own; a short part of the public suffix list, for hosts of
    /// registries.
    private static let sharedDomains: Set<String> = [
        "amazonaws.com", "amazonaws.com.cn", "on.aws", "azurecr.io", "azurecr.cn", "azurecr.us", "azure.com",
        "azurewebsites.net",
        "cloudapp.net", "cloudfront.net", "pkg.dev", "run.app", "appspot.com", "web.app", "github.io", "gitlab.io",
        "githubpreview.dev", "herokuapp.com", "fly.dev", "vercel.app", "netlify.app", "pages.dev", "workers.dev",
        "jfrog.io", "ocir.io", "duckdns.org", "ngrok.io", "ngrok.app", "sslip.io", "nip.io", "digitaloceanspaces.com",
    ]

    /// The part of a host that one owner has: `example.com`, `example.co.uk`; nil for addresses, bare names and shared
    /// domains.
    static func registrableDomain(of host: String) -> String? {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, !host.contains(":"), let top = labels.last, !top.utf8.allSatisfy(ASCII.isDigit) else {
            return nil
        }
        if sharedDomains.contains(where: { host == $0 || host.hasSuffix("." + $0) }) { return nil }
        // `co.uk`, `com.au`: a country's domain with a short second level is taken for a public suffix.
        let isCountry = top.utf8.count == 2 && labels[labels.count - 2].utf8.count <= 3 && labels.count > 2
        return labels.suffix(isCountry ? 3 : 2).joined(separator: ".")
    }
}
