import Core
import Foundation
import Testing

@testable import Buildspec

/// Real buildspecs, where a machine has some: the folder that `UNTHROTTLE_CORPUS` names.
@Suite("Real buildspecs")
struct CorpusTests {
    static let folder = ProcessInfo.processInfo.environment["UNTHROTTLE_CORPUS"].map { $0 + "/buildspecs" }

    @Test("each is read or refused with its place; an edit adds the login and nothing else; a second one does nothing")
    func corpus() throws {
        guard let folder = Self.folder else {
            print("Skipped: UNTHROTTLE_CORPUS names no folder of real buildspecs.")
            return
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        try #require(!files.isEmpty, "\(folder) is empty")
        var counts = ["read": 0, "refused": 0, "edited": 0, "already": 0, "not certain": 0]
        for file in files {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")), as: UTF8.self)
            do {
                _ = try BuildspecDocument(parsing: text, path: file)
            } catch let error as UnthrottleError {
                counts["refused", default: 0] += 1
                #expect(
                    error.message.contains("line") || error.message.contains("is no CodeBuild buildspec"), "\(error)")
                continue
            }
            counts["read", default: 0] += 1
            counts[try edit(text, file), default: 0] += 1
        }
        print(
            "Real buildspecs:",
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }

    private func edit(_ text: String, _ file: String) throws -> String {
        let result: LoginEdit
        do {
            result = try LoginEditor.insertLogin(into: text, path: file)
        } catch let error as UnthrottleError {
            #expect(error.hint?.contains("docker login") == true, "\(file): \(error)")
            return "not certain"
        }
        guard case .inserted(let edited, _, _) = result else { return "already" }
        let (old, new) = (Array(text.utf8), Array(edited.utf8))
        let head = zip(old, new).prefix { $0 == $1 }.count
        #expect(old[head...] == new.suffix(old.count - head), "\(file): bytes outside of the insertion changed")
        guard case .alreadyThere = try LoginEditor.insertLogin(into: edited, path: file) else {
            Issue.record("\(file): a second edit would change it again")
            return "edited"
        }
        return "edited"
    }
}
