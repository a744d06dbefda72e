internal import Core
internal import FoundationEssentials
internal import Subprocess

/// bubblewrap around a build's shell: the machine read-only, a `/tmp` and process ids of its own, and without the
/// folders that hold keys. The network stays, since hub and services are on loopback.
struct Bubblewrap: Sendable {
    /// The program.
    let program: String
    /// The home of the person who runs this, whose keys are hidden.
    let personHome: String?

    /// Folders of a home that hold keys.
    private static let secretFolders = [
        ".ssh", ".aws", ".docker", ".gnupg", ".kube", ".config", ".azure", ".netrc", ".git-credentials", ".npmrc",
        ".pypirc",
    ]

    /// The command line that runs `command` inside. `visible` are files that must be seen although they may lie under
    /// `/tmp`.
    func wrap(_ command: [String], _ folder: BuildFolder, visible: [String] = []) -> [String] {
        var line = [
            program, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-pid", "--unshare-ipc",
        ]
        // Sockets of engines and key agents; name lookup needs one folder of it on some machines.
        line += ["--tmpfs", "/run", "--ro-bind-try", "/run/systemd/resolve", "/run/systemd/resolve"]
        for path in hidden {
            var isFolder = false
            guard Self.exists(path, isFolder: &isFolder) else { continue }
            line += isFolder ? ["--tmpfs", path] : ["--ro-bind", "/dev/null", path]
        }
        line += ["--bind", folder.temporary, "/tmp"]
        for path in visible { line += ["--ro-bind-try", path, path] }
        line += ["--bind", folder.root, folder.root, "--chdir", folder.source, "--"]
        return line + command
    }

    private var hidden: [String] { personHome.map { home in Self.secretFolders.map { "\(home)/\($0)" } } ?? [] }

    private static func exists(_ path: String, isFolder: inout Bool) -> Bool {
        FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    }

    /// bubblewrap's path where it is installed and this machine lets it work; nil otherwise.
    static func find(_ variables: EnvironmentVariables) async -> String? {
        for folder in (variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":") {
            let path = "\(folder)/bwrap"
            guard FileManager.default.isExecutableFile(atPath: path) else { continue }
            let trial = [
                path, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-pid", "--tmpfs", "/run",
                "--", "/bin/sh", "-c", ":",
            ]
            let result = try? await Subprocess.run(
                .name("sh"), arguments: BuildShellSession.starting(trial, in: "/"),
                environment: .custom(["PATH": "/usr/bin:/bin"]), output: .discarded, error: .discarded)
            return result?.terminationStatus.isSuccess == true ? path : nil
        }
        return nil
    }
}
