import Core
import FoundationEssentials
import Testing

@testable import Registry

/// Real log lines, from the folder that `UNTHROTTLE_CORPUS` names: `logs/throttled.jsonl` and `logs/lookalikes.jsonl`.
@Suite("Limits in real log lines")
struct ThrottleCorpusTests {
    private static let folder = ProcessInfo.processInfo.environment["UNTHROTTLE_CORPUS"].flatMap {
        $0.isEmpty ? nil : $0
    }

    private func lines(_ file: String) throws -> [JSON]? {
        guard let folder = Self.folder else {
            print("skipped: UNTHROTTLE_CORPUS is not set, so real log lines were not read")
            return nil
        }
        let text = try #require(try PrivateFiles.read("\(folder)/logs/\(file)"), "\(file) is missing")
        let lines = try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(!lines.isEmpty, "\(file) is empty")
        return lines
    }

    @Test("every throttled line is seen as Docker Hub's")
    func throttled() throws {
        for line in try lines("throttled.jsonl") ?? [] {
            let text = line["text"]?.string ?? ""
            switch Throttle(text: text) {
            case .pullLimit, .abuseLimit, .ambiguous: break
            case let other: Issue.record("\(String(describing: other)) for \(text)")
            }
        }
    }

    @Test("no look-alike is taken for Docker Hub's pull limit")
    func lookalikes() throws {
        for line in try lines("lookalikes.jsonl") ?? [] {
            let text = line["text"]?.string ?? ""
            switch Throttle(text: text) {
            case .pullLimit, .abuseLimit, .ambiguous: Issue.record("taken for Docker Hub's: \(text)")
            case .loginLock: #expect(text.lowercased().contains("failed login attempts"))
            case .otherRegistry, nil: break
            }
        }
    }
}
