internal import Core
internal import FoundationEssentials
internal import Synchronization

/// What CloudWatch Logs holds: streams of lines in groups. With a folder, each stream is a file of JSON lines, added to
/// as they come.
final class LogStore: Sendable {
    /// One line.
    struct Event: Codable, Sendable, Hashable {
        /// In milliseconds since 1970.
        var timestamp: Int
        var message: String
        var ingested: Int
    }

    private let streams: Mutex<[String: [String: [Event]]]>
    private let folder: String?

    /// Starts with what the folder holds, or with nothing in memory; throws `system` where it cannot be read.
    init(folder: String?) throws {
        self.folder = folder
        var streams: [String: [String: [Event]]] = [:]
        if let folder {
            try PrivateFiles.makeFolder(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasSuffix(".jsonl") {
                let parts = name.dropLast(".jsonl".count).split(separator: "=", maxSplits: 1).map {
                    PercentEncoding.decode($0)
                }
                guard parts.count == 2, let text = try PrivateFiles.read("\(folder)/\(name)") else { continue }
                // A line that a kill cut short is no JSON and is dropped.
                streams[parts[0], default: [:]][parts[1]] = text.split(separator: "\n").compactMap {
                    try? JSONDecoder().decode(Event.self, from: Data($0.utf8))
                }
            }
        }
        self.streams = Mutex(streams)
    }

    /// Adds lines at a stream's end. A disk that refuses loses them at the next start, not now.
    func put(_ events: [Event], group: String, stream: String) {
        streams.withLock { streams in
            streams[group, default: [:]][stream, default: []] += events
            guard let folder, !events.isEmpty else { return }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            let lines = events.compactMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) + "\n" }
            try? PrivateFiles.append(lines.joined(), to: Self.path(folder, group, stream))
        }
    }

    /// All groups with their streams' lines, oldest first.
    var groups: [String: [String: [Event]]] { streams.withLock { $0 } }

    /// Takes a group away with its streams; false where there is none.
    func delete(group: String) -> Bool {
        streams.withLock { streams in
            guard let gone = streams.removeValue(forKey: group) else { return false }
            for stream in gone.keys {
                guard let folder else { break }
                try? FileManager.default.removeItem(atPath: Self.path(folder, group, stream))
            }
            return true
        }
    }

    private static func path(_ folder: String, _ group: String, _ stream: String) -> String {
        "\(folder)/\(PercentEncoding.encode(group))=\(PercentEncoding.encode(stream)).jsonl"
    }

    /// Whether there is such a group.
    func has(group: String) -> Bool { streams.withLock { $0[group] != nil } }

    /// A stream's lines, oldest first; nil where there is no such stream.
    func events(group: String, stream: String) -> [Event]? { streams.withLock { $0[group]?[stream] } }
}
