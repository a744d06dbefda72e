/// A registry's refusal, or an answer that cannot be used.
public struct RegistryError: Error, Sendable, CustomStringConvertible {
    /// What happened; programs go by it.
    public enum Kind: Sendable, Hashable {
        /// The login is wrong.
        case unauthorized
        /// The login is refused for some minutes, right or wrong.
        case loginLocked
        /// The identity may not read this, or it does not exist: registries tell the two apart only to those who may.
        case denied
        /// There is no such image or content.
        case notFound
        /// There is no image for the platform.
        case noSuchPlatform
        /// A limit; ask again after so many seconds, where the registry says so.
        case throttled(Throttle, retryAfter: Int?)
        /// The bytes are not those that the digest or the size names.
        case digestMismatch
        /// The answer does not follow the protocol.
        case malformed
        /// The registry failed, or could not be reached.
        case unavailable
        /// The registry asks for a login at a host that is not its own: it was not sent there.
        case foreignRealm
        /// A redirect that must not be followed.
        case foreignRedirect
    }

    /// What happened.
    public var kind: Kind
    /// In words, with host and image, without a secret.
    public var message: String
    /// The registry's own words, token identifiers taken out; nil where it sent none.
    public var words: String?
    /// What lies below.
    public var cause: (any Error)?

    /// An error of a kind, in words.
    public init(_ kind: Kind, _ message: String, words: String? = nil, cause: (any Error)? = nil) {
        (self.kind, self.message, self.words, self.cause) = (kind, message, words, cause)
    }

    /// The message and the registry's words.
    public var description: String { words.map { "\(message): \($0)" } ?? message }
}
