internal import Core
internal import Registry

/// The exact texts of docker-credential-helpers' protocol (credentials/credentials.go, credentials/error.go): clients compare them.
enum ProtocolText {
    static let name = "docker-credential-unthrottle"
    static let notFound = CredentialHelperClient.notFound
    static let noServerURL = "no credentials server URL"
    static let noUsername = "no credentials username"
    static let usage = "Usage: \(name) <store|get|erase|list|version>\n"
    static let version = "\(name) (unthrottle) \(Release.version)\n"

    static func unknownAction(_ action: String) -> String { "\(name): unknown action: \(action)" }

    /// The answer to `get`.
    static func login(_ credential: Credential, for serverURL: String) -> String {
        "{\"ServerURL\":\(quoted(serverURL)),\"Username\":\(quoted(credential.username)),"
            + "\"Secret\":\(quoted(credential.password.reveal()))}\n"
    }

    /// The answer to `list`: user names by server URL.
    static func list(_ names: [String: String]) -> String {
        "{" + names.sorted { $0 < $1 }.map { "\(quoted($0)):\(quoted($1))" }.joined(separator: ",") + "}\n"
    }

    /// A JSON text as Go's encoder writes it: also `<`, `>`, `&` and the two line separators escaped. Written by hand, since an
    /// encoder's start would take longer than all the rest of a cached answer.
    static func quoted(_ text: String) -> String {
        var out: [UInt8] = [UInt8(ascii: "\"")]
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += Array("\\\"".utf8)
            case "\\": out += Array("\\\\".utf8)
            case "\n": out += Array("\\n".utf8)
            case "\r": out += Array("\\r".utf8)
            case "\t": out += Array("\\t".utf8)
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
                let code = scalar.value
                out += Array("\\u".utf8) + Hex.encode([UInt8(code >> 8), UInt8(code & 0xff)]).utf8
            default: out += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        out.append(UInt8(ascii: "\""))
        return String(decoding: out, as: UTF8.self)
    }
}
