internal import Core
internal import FoundationEssentials

/// The account's state on the disk: one file a service, readable by its owner alone, each replaced whole or not at all.
struct StateFiles: Sendable {
    /// The version of the files' form.
    static let version = 1

    private struct File<State: Codable>: Codable {
        var version: Int
        var state: State
    }
    private struct Head: Decodable {
        var version: Int
    }

    let folder: String
    private let lock: FolderLock

    /// Makes the folder and takes it for this process; throws `system` where that is not possible, `conflict` where
    /// another sandbox has it.
    init(folder: String) throws {
        try PrivateFiles.makeFolder(folder)
        lock = try FolderLock(folder)
        self.folder = folder
        removeLeftovers()
    }

    /// Takes away what a sandbox that was killed was writing. The lock says that nobody is writing now; a file that does
    /// not go is in nobody's way.
    private func removeLeftovers() {
        let files = Self.names.map { "\($0).json" }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where files.contains(where: { PrivateFiles.isLeftover(name, of: $0) }) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private static let names = ["iam", "secretsmanager", "kms", "codebuild", "s3"]

    /// Reads what was there at the last stop; throws `invalidInput` for a file that is none of ours.
    func load() throws -> AccountState {
        AccountState(
            iam: try read("iam") ?? IAMState(), secrets: try read("secretsmanager") ?? SecretsState(),
            keys: try read("kms") ?? KeysState(), codebuild: try read("codebuild") ?? ProjectsState(),
            objects: try read("s3") ?? ObjectsState())
    }

    /// Writes the services that differ between the two states.
    func save(_ new: AccountState, replacing old: AccountState) throws {
        if new.iam != old.iam { try write(new.iam, "iam") }
        if new.keys != old.keys { try write(new.keys, "kms") }
        if new.secrets != old.secrets { try write(new.secrets, "secretsmanager") }
        if new.codebuild != old.codebuild { try write(new.codebuild, "codebuild") }
        if new.objects != old.objects { try write(new.objects, "s3") }
    }

    private func path(_ name: String) -> String { "\(folder)/\(name).json" }

    private func read<State: Codable>(_ name: String) throws -> State? {
        guard let text = try PrivateFiles.read(path(name)) else { return nil }
        do {
            let head = try JSONDecoder().decode(Head.self, from: Data(text.utf8))
            guard head.version == Self.version else {
                throw UnthrottleError(
                    .invalidInput, "\(path(name)) has the form \(head.version), and this program knows \(Self.version)",
                    hint: "Use the program that wrote it, or another --dir.")
            }
            return try JSONDecoder().decode(File<State>.self, from: Data(text.utf8)).state
        } catch let error as UnthrottleError {
            throw error
        } catch {
            // The decoding error is left out: it may quote what stands in the file.
            throw UnthrottleError(
                .invalidInput, "\(path(name)) is not a file of the sandbox", hint: "Move it away, or use another --dir."
            )
        }
    }

    private func write(_ state: some Codable, _ name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(File(version: Self.version, state: state))
        try PrivateFiles.write(String(decoding: data, as: UTF8.self), to: path(name))
    }
}
