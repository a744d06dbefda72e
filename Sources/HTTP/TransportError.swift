public import Core

/// A request that got no usable answer.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// How far it came, which decides what may be tried again.
    public enum Kind: Sendable, Hashable {
        /// Name lookup, connection or TLS failed: the other side saw nothing of the request.
        case notConnected
        /// The connection broke after the request, or part of it, had gone out: the other side may have acted on it.
        case connectionLost
        /// A time limit passed; the other side may have acted on it.
        case timedOut
        /// The answer is no HTTP. Docker Hub's abuse limit is at times answered so.
        case malformed
        /// The answer is longer than its reader takes.
        case tooLarge
        /// The request was not sent because it must not be.
        case forbidden
    }

    /// How far it came.
    public var kind: Kind
    /// What happened, with the URL's query values redacted.
    public var description: String

    /// An error of a kind, in words.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The same for a person, with what to do next.
    public var forPeople: UnthrottleError {
        let hint: String? =
            switch kind {
            case .notConnected:
                "Check the network, the proxy variables (HTTPS_PROXY, NO_PROXY) and the certificate store (SSL_CERT_FILE)."
            case .timedOut, .connectionLost: "The network or the other side failed; running the command again is safe."
            case .malformed, .tooLarge: "Is there a proxy in between that answers in the other side's name?"
            case .forbidden: nil
            }
        return UnthrottleError(.network, description, hint: hint)
    }
}
