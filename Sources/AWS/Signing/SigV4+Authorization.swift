extension SigV4 {
    /// The Authorization header of a signed request.
    public struct Authorization: Sendable, Hashable, CustomStringConvertible {
        /// Whose key signed.
        public var accessKeyID: String
        /// What the key was derived for.
        public var scope: Scope
        /// The signed fields' names, lower case, in order.
        public var signedHeaders: [String]
        /// The signature in hexadecimal.
        public var signature: String

        /// A header from its parts.
        public init(accessKeyID: String, scope: Scope, signedHeaders: [String], signature: String) {
            self.accessKeyID = accessKeyID
            self.scope = scope
            self.signedHeaders = signedHeaders
            self.signature = signature
        }

        /// Reads the header's value; nil where it is of another kind or lacks a part.
        public init?(_ header: String) {
            guard header.hasPrefix(SigV4.algorithm + " ") else { return nil }
            var parts: [Substring: Substring] = [:]
            for part in header.dropFirst(SigV4.algorithm.count).split(separator: ",") {
                let halves = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if halves.count == 2 { parts[halves[0]] = halves[1].prefix { $0 != " " } }
            }
            guard let credential = parts["Credential"]?.split(separator: "/", omittingEmptySubsequences: false),
                credential.count >= 5, credential.last == "aws4_request", let signature = parts["Signature"],
                let headers = parts["SignedHeaders"]
            else { return nil }
            let tail = credential.suffix(4).map(String.init)
            // An access key id may itself hold slashes.
            accessKeyID = credential.dropLast(4).joined(separator: "/")
            scope = Scope(day: tail[0], region: tail[1], service: tail[2])
            signedHeaders = headers.split(separator: ";").map(String.init)
            self.signature = String(signature)
        }

        /// The header's value.
        public var description: String {
            Self.beginning(accessKeyID: accessKeyID, scope: scope) + signedHeaders.joined(separator: ";")
                + ", Signature=" + signature
        }

        /// The header's value up to the names of the signed fields.
        static func beginning(accessKeyID: String, scope: Scope) -> String {
            "\(SigV4.algorithm) Credential=\(accessKeyID)/\(scope), SignedHeaders="
        }
    }
}
