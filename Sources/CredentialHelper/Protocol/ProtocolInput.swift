internal import Core
internal import Registry

/// What a client writes to a helper's standard input.
enum ProtocolInput {
    /// The longest that docker-credential-helpers itself would read as one line.
    static let longest = 64 << 10

    /// The server's URL of `get` and `erase`: lines are joined, blanks at both ends do not count.
    static func serverURL(_ bytes: [UInt8]) throws -> String {
        let url = joined(bytes).trimmed
        guard !url.isEmpty else { throw HelperFailure(ProtocolText.noServerURL) }
        return url
    }

    /// The login of `store`. Its names are read in any case, as Go's decoder does.
    static func login(_ bytes: [UInt8]) throws -> (serverURL: String, credential: Credential) {
        // The parser's own error is not passed on: it may quote what was read, a password too.
        guard let members = (try? JSON(parsing: joined(bytes)))?.object else {
            throw HelperFailure("the input is not a JSON object with ServerURL, Username and Secret")
        }
        func text(_ name: String) throws -> String {
            let value = members[name] ?? members.first { $0.key.lowercased() == name.lowercased() }?.value ?? ""
            if value == .null { return "" }
            guard let text = value.string else { throw HelperFailure("\(name) in the input is not a text") }
            return text
        }
        let (url, username) = (try text("ServerURL"), try text("Username"))
        guard !url.isEmpty else { throw HelperFailure(ProtocolText.noServerURL) }
        guard !username.isEmpty else { throw HelperFailure(ProtocolText.noUsername) }
        return (url, Credential(username: username, password: Secret(try text("Secret"))))
    }

    private static func joined(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        let joined = lines.flatMap { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        return String(decoding: joined, as: UTF8.self)
    }
}
