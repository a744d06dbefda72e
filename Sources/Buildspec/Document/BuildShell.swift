/// The shell that runs a buildspec's commands (`env.shell`).
public enum BuildShell: String, Sendable, Hashable, Codable {
    /// `/bin/sh`, the default on Linux.
    case sh
    /// `bash`
    case bash
    /// `powershell.exe` or `pwsh`, the default on Windows.
    case powershell
    /// `cmd.exe`
    case cmd

    /// The shell of an `env.shell` value; nil for one that CodeBuild does not know.
    public init?(specified text: String) {
        let name = text.split(separator: "/").last.map { $0.lowercased() } ?? ""
        switch name {
        case "sh": self = .sh
        case "bash": self = .bash
        case "powershell.exe", "powershell", "pwsh", "pwsh.exe": self = .powershell
        case "cmd.exe", "cmd": self = .cmd
        default: return nil
        }
    }

    /// Whether its words are read as POSIX reads them.
    public var isPosix: Bool { self == .sh || self == .bash }
}
