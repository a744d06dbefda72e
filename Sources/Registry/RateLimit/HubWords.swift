internal import Core

/// What stands in a registry's words or in a log and should not be shown on: token identifiers, tokens, account names.
public enum HubWords {
    /// `text` with `dckr_jti_...` (a token's identifier), `dckr_pat_...` and `dckr_oat_...` (tokens) and the name in
    /// `pull rate limit as '...'` masked.
    public static func redacted(_ text: String) -> String {
        var out = text
        for prefix in ["dckr_jti_", "dckr_pat_", "dckr_oat_"] {
            out = masking(out, after: prefix) { ASCII.isAlphanumeric($0) || "_-=+/".utf8.contains($0) }
        }
        return masking(out, after: "pull rate limit as '") { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\n") }
    }

    private static func masking(_ text: String, after prefix: String, while isPart: (UInt8) -> Bool) -> String {
        var (out, rest) = ("", text[...])
        while let found = rest.firstRange(of: prefix) {
            out += rest[..<found.upperBound]
            let tail = rest[found.upperBound...]
            let end = tail.utf8.firstIndex { !isPart($0) } ?? tail.endIndex
            if end > tail.startIndex { out += "***" }
            rest = tail[end...]
        }
        return out + rest
    }
}
