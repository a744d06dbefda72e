internal import Core
internal import Registry

/// Both identities' quota, for people and in JSON.
struct QuotaView {
    /// Read without a login: what this machine's address has left.
    var anonymous: QuotaReading?
    /// Read with the credential.
    var account: QuotaReading?

    var lines: [String] {
        var rows: [(String, String)] = []
        if let anonymous { rows.append(("anonymous" + Self.source(anonymous.quota), Self.amount(anonymous.quota))) }
        if let account { rows.append(("\(account.identity)" + Self.source(account.quota), Self.amount(account.quota))) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "  " + $0.0.padded(to: width) + "   " + $0.1 }
    }

    private static func source(_ quota: Quota) -> String { quota.source.map { " (\($0))" } ?? "" }

    /// What the headers say; nothing is assumed where they say nothing.
    static func amount(_ quota: Quota) -> String {
        if quota.isUnlimitedAccount { return "no counted limit" }
        guard let remaining = quota.remaining else {
            return quota.source == nil ? "Docker Hub sent no counts" : "no counted limit for this address or image"
        }
        let of = quota.limit.map { " of \($0)" } ?? ""
        let window = quota.window.map { " in \(duration($0))" } ?? ""
        return "\(remaining)\(of) pulls left\(window)"
    }

    static func duration(_ seconds: Int) -> String {
        if seconds >= 3600, seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        return seconds >= 60 && seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    var json: JSON {
        ["anonymous": anonymous.map(Self.json) ?? nil, "account": account.map(Self.json) ?? nil]
    }

    private static func json(_ reading: QuotaReading) -> JSON {
        let number = { (value: Int?) -> JSON in value.map { .integer(Int64($0)) } ?? .null }
        return [
            "identity": .string("\(reading.identity)"), "image": .string(reading.image.canonical),
            "limit": number(reading.quota.limit), "remaining": number(reading.quota.remaining),
            "windowSeconds": number(reading.quota.window),
            "source": reading.quota.source.map { .string("\($0)") } ?? nil,
            "countedToAccount": .bool(reading.isCountedToAccount),
        ]
    }
}

extension String {
    /// The text with blanks behind it up to a width in characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
