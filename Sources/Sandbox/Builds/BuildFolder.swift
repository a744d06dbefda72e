internal import Core
internal import FoundationEssentials

/// The folders of one build, readable by their owner alone, gone after it.
struct BuildFolder: Sendable {
    /// All of it.
    let root: String

    /// CODEBUILD_SRC_DIR, where commands start.
    var source: String { root + "/src" }
    /// HOME: not `/root` as in CodeBuild's containers, since commands run on this machine.
    var home: String { root + "/home" }
    /// The build's own programs: `docker`.
    var programs: String { root + "/bin" }
    /// `/tmp` under bubblewrap, TMPDIR without.
    var temporary: String { root + "/tmp" }
    /// The runner's scripts and the shell's state.
    var state: String { root + "/state" }
    /// The environment image.
    var image: String { root + "/image" }
    /// What commands print.
    var output: String { state + "/output" }

    /// Makes the folders; throws `system`.
    static func make(under folder: String, named name: String) throws -> BuildFolder {
        let made = BuildFolder(root: "\(folder)/\(name)")
        for path in [made.source, made.home, made.programs, made.temporary, made.state] {
            try PrivateFiles.makeFolder(path)
        }
        try PrivateFiles.write("", to: made.output)
        return made
    }

    /// Puts a program of the build's own in place that hands all of its arguments to a command line.
    func installDocker(_ command: [String]) throws {
        let path = programs + "/docker"
        let words = command.map(ShellScripts.quoted).joined(separator: " ")
        try PrivateFiles.write("#!/bin/sh\nexec \(words) \"$@\"\n", to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }

    /// Removes all of it.
    func remove() { try? FileManager.default.removeItem(atPath: root) }
}
