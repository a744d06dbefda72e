internal import Core
internal import Subprocess

/// The one process group in which all commands of a build run. It is ended with the build, whatever commands left
/// running.
struct BuildShellSession: Sendable {
    let folder: BuildFolder
    /// `/bin/sh` or bash.
    let shell: String
    let searchPath: String
    /// Nil where commands run without walls.
    let bubblewrap: Bubblewrap?
    let visible: [String]

    /// Runs `work` with a function that runs a script of the state folder and returns its exit status; nil where the
    /// shell is gone.
    func run(_ work: (_ script: (String) async -> Int32?) async -> Void) async throws {
        let inner = ["/bin/sh", "-c", ShellScripts.driver, "build", folder.state, shell]
        let line = bubblewrap?.wrap(inner, folder, visible: visible) ?? inner
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        _ = try await Subprocess.run(
            .name("sh"), arguments: Self.starting(line, in: folder.source), environment: .custom(["PATH": searchPath]),
            platformOptions: options, input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            var answers = execution.standardOutput.strings().makeAsyncIterator()
            let writer = execution.standardInputWriter
            func script(_ name: String) async -> Int32? {
                guard (try? await writer.write(name + "\n")) != nil, let answer = try? await answers.next() else {
                    return nil
                }
                return Int32(answer.trimmed)
            }
            await work(script)
            try? execution.send(signal: .kill, toProcessGroup: true)
        }
    }

    /// Arguments with which `sh` becomes a command line in a folder.
    static func starting(_ line: [String], in folder: String) -> Arguments {
        Arguments(["-c", #"cd -- "$1" && shift && exec "$@""#, "sh", folder] + line)
    }
}
