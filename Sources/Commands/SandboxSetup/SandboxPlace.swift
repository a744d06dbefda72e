internal import Core
internal import FoundationEssentials
internal import Sandbox

/// The folders of a sandbox, and what `docker` is in its builds.
struct SandboxPlace {
    /// Where builds get folders of their own; gone with the sandbox.
    var builds: String { folder.path }
    private let folder: PassingFolder

    /// Makes the folders: builds in a temporary one, since nobody needs them afterwards.
    init(keeping folder: String?, _ session: Session) throws {
        let temporary = session.variables["TMPDIR"] ?? "/tmp"
        if let folder { try PrivateFiles.makeFolder(folder) }
        self.folder = try PassingFolder(
            under: temporary.hasSuffix("/") ? String(temporary.dropLast()) : temporary, dice: session.dice)
    }

    func remove() { folder.remove() }

    /// The command line that `docker` stands for in a build, and the variables that it needs.
    func docker(_ options: SandboxOptions, _ session: Session) async throws -> (
        command: [String], variables: [String: String]
    ) {
        switch options.docker {
        case .standIn: return try Self.standIn()
        case .engine: return try await EngineCheck(session).docker(options)
        }
    }

    /// This program itself, as `docker`.
    static func standIn() throws -> (command: [String], variables: [String: String]) {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw UnthrottleError(
                .system, "this program cannot find its own file (/proc/self/exe)", hint: "Is /proc mounted?")
        }
        return ([program, DockerStandIn.name], [:])
    }
}
