/// Which limit was met. They look alike ("toomanyrequests", status 429) and want different answers.
public enum Throttle: Sendable, Hashable {
    /// Docker Hub's pull limit, and of whom; nil where the words do not say it (those before 2025).
    case pullLimit(Identity?)
    /// Docker Hub's limit of requests by address, which a login does not lift.
    case abuseLimit
    /// Too many failed logins: Docker Hub refuses the user's name, right passwords included, for some minutes.
    case loginLock
    /// A limit of another registry's: a login for Docker Hub changes nothing.
    case otherRegistry(OtherRegistry)
    /// Docker Hub answered 429 and nothing more: it may be the pull limit or the abuse limit.
    case ambiguous

    /// A registry that is not Docker Hub, with the same status and partly the same words.
    public enum OtherRegistry: Sendable, Hashable {
        /// public.ecr.aws: `Rate exceeded`, `Data limit exceeded`.
        case ecrPublic
        /// A private ECR registry: `ThrottlingException`, `ThrottleException`.
        case ecr
        /// Seqera Wave: `Request exceeded pull rate limit for IP`.
        case wave
        /// A mirror behind Cloudflare, or another web front, which answers with a page of HTML.
        case mirror
        /// ghcr.io: `retry-after: ..., allowed: 44000/minute`.
        case gitHub
        /// mcr.microsoft.com and *.azurecr.io.
        case azure
        /// Any other, by its host.
        case host(String)
    }

    /// Whether a Docker Hub login can end it: yes for the pull limit of nobody, or of one unknown.
    public var isEndedByLogin: Bool {
        switch self {
        case .pullLimit(.anonymous), .pullLimit(nil): true
        case .pullLimit(.account), .abuseLimit, .loginLock, .otherRegistry, .ambiguous: false
        }
    }
}

extension Throttle.OtherRegistry: CustomStringConvertible {
    /// The registry's name.
    public var description: String {
        switch self {
        case .ecrPublic: "Amazon ECR Public (public.ecr.aws)"
        case .ecr: "Amazon ECR"
        case .wave: "Seqera Wave"
        case .mirror: "a mirror behind a web front"
        case .gitHub: "GitHub's registry (ghcr.io)"
        case .azure: "Microsoft's registry"
        case .host(let host): host
        }
    }
}

extension Throttle: CustomStringConvertible {
    /// The limit's name, for people; it names the account.
    public var description: String {
        switch self {
        case .pullLimit(.anonymous): "Docker Hub's pull limit for anonymous pulls"
        case .pullLimit(.account(let name)): "Docker Hub's pull limit of the account \(name)"
        case .pullLimit(nil): "Docker Hub's pull limit"
        case .abuseLimit: "Docker Hub's limit of requests by address"
        case .loginLock: "Docker Hub's lock after failed logins"
        case .otherRegistry(let registry): "a limit of \(registry)"
        case .ambiguous: "a limit of Docker Hub's that it does not name"
        }
    }
}
