internal import Core
internal import Crypto
internal import FoundationEssentials
internal import Registry

/// What a cache file holds: an answer until it ends, or a failure for those who were waiting for it.
enum CacheRecord: Equatable {
    /// A secret's logins, good until `end` (seconds since 1970).
    case content(SecretContent, end: Double)
    /// The failure of a call that ended at `time`.
    case failure(HelperFailure, time: Double)

    /// The fields end with a mark: a file that a kill cut off is none.
    private static let (mark, end) = ("unthrottle-1", "end")

    /// The record as bytes; nil where a login holds the byte that separates the fields.
    var bytes: [UInt8]? {
        let fields: [String] =
            switch self {
            case .content(let content, let end):
                ["content", "\(end)"]
                    + content.logins.sorted { $0.key < $1.key }.flatMap {
                        [$0.key, $0.value.username, $0.value.password.reveal()]
                    }
            case .failure(let failure, let time): ["failure", "\(time)", failure.message, failure.hint ?? ""]
            }
        let all = [Self.mark] + fields + [Self.end]
        guard !all.contains(where: { $0.utf8.contains(0) }) else { return nil }
        return Array(all.joined(separator: "\0").utf8)
    }

    /// Reads a record; nil for anything else.
    init?(_ bytes: some Collection<UInt8>) {
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard fields.count >= 4, fields[0] == Self.mark, fields.last == Self.end, let time = Double(fields[2]) else {
            return nil
        }
        let rest = fields[3..<(fields.count - 1)]
        switch fields[1] {
        case "content" where rest.count % 3 == 0 && !rest.isEmpty:
            var logins: [String: Credential] = [:]
            for index in stride(from: rest.startIndex, to: rest.endIndex, by: 3) {
                logins[rest[index]] = Credential(username: rest[index + 1], password: Secret(rest[index + 2]))
            }
            self = .content(SecretContent(logins: logins), end: time)
        case "failure" where rest.count == 2:
            self = .failure(HelperFailure(rest[3], hint: rest[4].isEmpty ? nil : rest[4]), time: time)
        default: return nil
        }
    }
}

/// Cache files sealed with AES-GCM, each for its own name: one file cannot be put in another's place.
struct CacheSeal: Sendable {
    /// Nil to leave records as they are, in memory only.
    var key: SymmetricKey?

    func seal(_ bytes: [UInt8], name: String) -> [UInt8]? {
        guard let key else { return bytes }
        let box = try? AES.GCM.seal(Data(bytes), using: key, authenticating: Data(name.utf8))
        return box?.combined.map(Array.init)
    }

    func open(_ bytes: [UInt8], name: String) -> [UInt8]? {
        guard let key else { return bytes }
        guard let box = try? AES.GCM.SealedBox(combined: Data(bytes)) else { return nil }
        return (try? AES.GCM.open(box, using: key, authenticating: Data(name.utf8))).map(Array.init)
    }
}
