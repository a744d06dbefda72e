public import Core
internal import FoundationEssentials

/// A login for a registry: a user's name, or an organisation's, and its access token or password.
public struct Credential: Sendable, Equatable {
    /// What the password is, as far as it shows.
    public enum PasswordKind: Sendable, Hashable {
        /// A Docker Hub user's access token (`dckr_pat_...`).
        case personalAccessToken
        /// A Docker Hub organisation's access token (`dckr_oat_...`); the user name is the organisation's.
        case organizationAccessToken
        /// Docker's identity token, which is traded for access tokens (user name `<token>`).
        case identityToken
        /// Anything else: most likely the account's own password.
        case password
    }

    /// The name.
    public var username: String
    /// The token or password.
    public var password: Secret

    /// A login.
    public init(username: String, password: Secret) {
        (self.username, self.password) = (username, password)
    }

    /// The user name that says that the password is an identity token (docker-credential-helpers' protocol).
    public static let identityTokenUsername = "<token>"

    /// What the password is, as far as it shows.
    public var passwordKind: PasswordKind {
        if username == Self.identityTokenUsername { return .identityToken }
        let text = password.reveal()
        if text.hasPrefix("dckr_pat_") { return .personalAccessToken }
        return text.hasPrefix("dckr_oat_") ? .organizationAccessToken : .password
    }

    /// What a person should know before using it; nil where there is nothing.
    public var warning: String? {
        passwordKind != .password
            ? nil
            : "this looks like an account's password, which can do everything the account can; "
                + "a Docker Hub access token with the permission \"Public Repo Read-only\" is enough to pull"
    }

    /// The value of an Authorization header (RFC 7617).
    var basic: Secret { Secret("Basic " + encoded.reveal()) }

    /// `base64(username:password)`, as docker's config file keeps it in `auth`.
    public var encoded: Secret { Secret(Data("\(username):\(password.reveal())".utf8).base64EncodedString()) }

    /// Reads `base64(username:password)`; nil where it is none or its user name is empty.
    public init?(encoded: String) {
        guard let data = Data(base64Encoded: encoded.trimmed) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
        // Docker trims NUL bytes at the end of the password.
        let password = text[text.index(after: colon)...].prefix { $0 != "\0" }
        self.init(username: String(text[..<colon]), password: Secret(String(password)))
    }
}

/// Who asks: what a quota belongs to.
public enum Identity: Sendable, Hashable, CustomStringConvertible {
    /// Nobody: Docker Hub counts by address.
    case anonymous
    /// An account, by its name.
    case account(String)

    /// The identity that a credential gives.
    public init(_ credential: Credential?) {
        self = credential.map { .account($0.username) } ?? .anonymous
    }

    /// `anonymous`, or the account's name.
    public var description: String {
        switch self {
        case .anonymous: "anonymous"
        case .account(let name): name
        }
    }
}
