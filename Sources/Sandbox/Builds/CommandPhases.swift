internal import AWS
internal import Buildspec
internal import Core
internal import FoundationEssentials

/// INSTALL to UPLOAD_ARTIFACTS: the buildspec's commands in the build's shell.
struct CommandPhases {
    let work: BuildWork
    let folder: BuildFolder
    let recorder: BuildRecorder
    let time: Timekeeper
    private let tail: OutputTail
    private var count = 0

    typealias Script = (String) async -> Int32?

    init(work: BuildWork, folder: BuildFolder, recorder: BuildRecorder, time: Timekeeper) {
        (self.work, self.folder, self.recorder, self.time) = (work, folder, recorder, time)
        tail = OutputTail(path: folder.output)
    }

    /// Runs phases until none of them is next.
    mutating func run(_ script: Script) async {
        var next = CodeBuild.PhaseType.install
        while let (type, name) = PhaseSequence.commandPhases.first(where: { $0.type == next }), !Task.isCancelled {
            let phase = work.document[name]
            let failure = await run(phase, as: type, script)
            await recorder.end(failure)
            if type == .postBuild { await export(script) }
            next = PhaseSequence.next(after: type, failed: failure != nil, onFailure: phase?.onFailure?.value)
        }
        if next == .uploadArtifacts, !Task.isCancelled {
            await recorder.begin(.uploadArtifacts)
            await recorder.end()
        }
    }

    private mutating func run(
        _ phase: BuildspecDocument.Phase?, as type: CodeBuild.PhaseType, _ script: Script
    ) async -> PhaseFailure? {
        await recorder.begin(type)
        await recorder.log(["Entering phase \(type.rawValue)"])
        guard let phase else { return nil }
        var left = 0
        var pattern = ".*"
        if case .retry(let count, let text)? = phase.onFailure?.value { (left, pattern) = (count, text) }
        while true {
            let failure = await attempt(phase, script)
            guard let failure, left > 0, !Task.isCancelled, Self.matches(pattern, failure.message) else {
                return failure
            }
            left -= 1
            await recorder.log(["Retrying phase \(type.rawValue), \(left) more to go"])
        }
    }

    /// The commands up to the first that fails, then `finally`, whose failure counts too.
    private mutating func attempt(_ phase: BuildspecDocument.Phase, _ script: Script) async -> PhaseFailure? {
        var failure: PhaseFailure?
        for list in [phase.commands, phase.finally] {
            for command in list where !Task.isCancelled {
                if let problem = await run(command.text, isFailing: failure != nil, script) {
                    failure = failure ?? problem
                    break
                }
            }
        }
        return failure
    }

    private mutating func run(_ command: String, isFailing: Bool, _ script: Script) async -> PhaseFailure? {
        let text = await recorder.masked(command.trimmed)
        await recorder.log(["Running command \(text)"])
        do {
            try await write(command, isFailing: isFailing)
        } catch {
            return PhaseFailure(code: "INTERNAL_SERVICE_ERROR", message: "\(error)")
        }
        guard let status = await follow("command-\(count)", script) else {
            return PhaseFailure(code: "COMMAND_EXECUTION_ERROR", message: "the build's shell ended")
        }
        guard status != 0 else { return nil }
        await recorder.log(["Command did not exit successfully \(text) exit status \(status)"])
        return PhaseFailure(code: "COMMAND_EXECUTION_ERROR", message: BuildLogText.failure(text, status: status))
    }

    private mutating func write(_ command: String, isFailing: Bool) async throws {
        count += 1
        let file = "\(folder.state)/command-\(count)"
        let scripts = ShellScripts(state: folder.state, version: work.document.version)
        let hasFailed = await recorder.hasFailed
        let succeeding = isFailing || hasFailed ? "0" : "1"
        try PrivateFiles.write(
            ShellScripts.exports(["CODEBUILD_BUILD_SUCCEEDING": succeeding]), to: folder.state + "/phase")
        try PrivateFiles.write(command + "\n", to: file)
        try PrivateFiles.write(scripts.command(file: file), to: file + ".sh")
    }

    /// Runs a script and shows what is printed meanwhile.
    private func follow(_ name: String, _ script: Script) async -> Int32? {
        let (tail, recorder, time) = (tail, recorder, time)
        let status = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await recorder.print(await tail.read())
                    do { try await time.sleep(.milliseconds(100)) } catch { return }
                }
            }
            let status = await script(name)
            group.cancelAll()
            return status
        }
        await recorder.print(await tail.read(all: true))
        return status
    }

    /// Reads the exported variables at the end of POST_BUILD.
    private func export(_ script: Script) async {
        guard !work.exported.isEmpty else { return }
        let target = folder.state + "/exported"
        let text = ShellScripts(state: folder.state, version: work.document.version).export(work.exported, into: target)
        do {
            try PrivateFiles.makeFolder(target)
            try PrivateFiles.write(text, to: folder.state + "/export.sh")
            guard await script("export") == 0 else { return }
            await recorder.setExported(
                try work.exported.compactMap { name in
                    try PrivateFiles.read("\(target)/\(name)").map { .init(name: name, value: $0) }
                })
        } catch {
            await recorder.log(["WARNING: the exported variables could not be read: \(error)"])
        }
    }

    /// Whether a RETRY's pattern is found in the error message; a pattern that is none is found everywhere.
    static func matches(_ pattern: String, _ message: String) -> Bool {
        guard let regex = try? Regex(pattern) else { return true }
        return message.contains(regex)
    }
}
