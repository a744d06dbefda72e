public import Core
internal import HTTP

extension RegistryError {
    /// The same for a person, with what to do next.
    public var forPeople: UnthrottleError {
        UnthrottleError(code, description, hint: hint ?? (cause as? TransportError)?.forPeople.hint, cause: cause)
    }

    private var code: UnthrottleError.Code {
        switch kind {
        case .unauthorized, .loginLocked: .credentials
        case .denied, .foreignRealm, .foreignRedirect: .refused
        case .notFound, .noSuchPlatform: .notFound
        case .throttled: .throttled
        case .digestMismatch, .malformed, .unavailable: .network
        }
    }

    private var hint: String? {
        switch kind {
        case .unauthorized:
            "Check the user name (for an organisation's token: the organisation's name) and the token. "
                + "Do not try often: after some wrong logins Docker Hub locks the name, right ones included."
        case .loginLocked:
            "Docker Hub locks a name for some minutes after wrong logins, and each further try may prolong it. "
                + "Stop the builds that use the wrong login, wait ten minutes, then try once."
        case .denied, .notFound:
            "Check the image's name and tag, and whether the login may read it: "
                + "a registry does not tell a private image from one that does not exist."
        case .noSuchPlatform: "Name another platform, or an image that is made for this one."
        case .throttled(let throttle, let seconds):
            [throttle.advice, seconds.map { "The registry asks to wait \($0) seconds." }].compactMap(\.self)
                .joined(separator: " ")
        case .digestMismatch:
            "What arrived is not what was asked for: try again, and if it stays, look for a proxy in between."
        case .foreignRealm, .foreignRedirect:
            "The login was not sent there. Is there a proxy or another registry in between?"
        case .malformed, .unavailable: nil
        }
    }
}

extension Throttle {
    /// What a person can do about it.
    public var advice: String {
        switch self {
        case .pullLimit(.anonymous):
            "These pulls are counted to this machine's address, which others share: pull with a Docker Hub login."
        case .pullLimit(.account):
            "The account's own pulls are used up: wait for the window to pass, or take a plan or an account with more."
        case .pullLimit(nil): "Pull with a Docker Hub login; if it was one, the account's own pulls are used up."
        case .abuseLimit:
            "Docker Hub limits requests by address, whoever is logged in: send fewer at once, or from another address."
        case .loginLock: "Docker Hub locks a name for some minutes after wrong logins: wait, then try once."
        case .otherRegistry(.ecrPublic):
            "This is Amazon's public registry, not Docker Hub: log in with "
                + "`aws ecr-public get-login-password --region us-east-1`."
        case .otherRegistry: "This is not Docker Hub's limit: a Docker Hub login does not change it."
        case .ambiguous:
            "Docker Hub sent no reason: read the quota; if pulls are left, it is the limit of requests by address."
        }
    }
}
