internal import AWS
internal import Buildspec
internal import Core
internal import FoundationEssentials
internal import Registry

/// One build, phase by phase.
struct BuildRun: Sendable {
    let runner: BuildRunner
    let build: CodeBuild.Build
    let recorder: BuildRecorder

    /// From QUEUED to FINALIZING.
    func run() async {
        if build.phases.isEmpty { await recorder.begin(.submitted) }
        if build.phases.last?.phaseType != .queued { await recorder.begin(.queued) }
        guard await mayLog() else { return }
        let folder: BuildFolder
        do {
            folder = try BuildFolder.make(under: runner.configuration.folder, named: BuildIdentity.uuid(build))
        } catch {
            await recorder.begin(.provisioning)
            return await recorder.end(PhaseFailure(code: "INTERNAL_SERVICE_ERROR", message: "\(error)"))
        }
        defer { folder.remove() }
        guard await provision(folder) else { return }
        if let work = await prepare(folder) {
            await execute(work, folder)
        }
        await recorder.begin(.finalizing)
        await recorder.end()
    }

    /// CodeBuild tries its role's permission to log while the build is queued, and fails it there.
    private func mayLog() async -> Bool {
        guard let place = BuildLogPlace(build) else { return true }
        do {
            try await runner.host.checkLog(group: place.group, stream: place.stream, of: build)
            return true
        } catch {
            let words = (error as? ServiceError)?.message ?? "\(error)"
            await recorder.end(
                PhaseFailure(
                    code: "ACCESS_DENIED",
                    message: "Service role \(build.serviceRole ?? "") does not allow AWS CodeBuild to create Amazon "
                        + "CloudWatch Logs log streams for build \(build.arn ?? build.id). Error message: \(words)"))
            return false
        }
    }

    private func provision(_ folder: BuildFolder) async -> Bool {
        await recorder.begin(.provisioning)
        do {
            let configuration = runner.configuration
            let client = RegistryClient(
                transport: runner.transport, time: runner.time, dice: runner.dice, hub: configuration.hub)
            let layout = try ImageLayout(folder: folder.image, dice: runner.dice)
            try await Provisioning(host: runner.host, client: client, build: build, layout: layout).run()
        } catch let failure as PhaseFailure {
            // No log yet: in CodeBuild the stream begins once the container runs.
            await recorder.end(failure)
            return false
        } catch {
            await recorder.end(Provisioning.failure("\(error)"))
            return false
        }
        await recorder.openLog()
        await recorder.end()
        return true
    }

    /// DOWNLOAD_SOURCE: the buildspec and the variables; nil where the phase failed.
    private func prepare(_ folder: BuildFolder) async -> BuildWork? {
        await recorder.begin(.downloadSource)
        await recorder.log(["Waiting for agent ping", "Waiting for DOWNLOAD_SOURCE", "Phase is DOWNLOAD_SOURCE"])
        await recorder.log(["CODEBUILD_SRC_DIR=\(folder.source)"])
        if runner.configuration.bubblewrap == nil {
            await recorder.log([
                "WARNING: bubblewrap is not available: commands run as the user who runs this, without walls"
            ])
        }
        do {
            let source = BuildSource(build)
            await recorder.log(source.warnings)
            let document = try source.document()
            await recorder.log(["Processing environment variables"])
            let work = try await work(document, folder)
            await recorder.log(BuildSource.warnings(of: document))
            await recorder.log(["Moving to directory \(folder.source)", "Registering with agent"])
            await recorder.log(BuildSource.summary(of: document))
            await recorder.end()
            return work
        } catch let failure as PhaseFailure {
            await recorder.end(failure)
        } catch {
            await recorder.end(PhaseFailure(code: "CLIENT_ERROR", message: "\(error)"))
        }
        return nil
    }

    private func work(_ document: BuildspecDocument, _ folder: BuildFolder) async throws -> BuildWork {
        var own = BuildVariables.own(build, sourceFolder: folder.source)
        own.merge(runner.configuration.variables, uniquingKeysWith: { $1 })
        if let credentials = await runner.host.sessionCredentials(of: build) {
            own["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = credentials.uri
            own["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = credentials.token.reveal()
            await recorder.hide(credentials.token)
        }
        let variables = BuildVariables(
            buildspec: document.environment, project: build.environment?.environmentVariables ?? [], own: own)
        let resolver = ValueResolver(host: runner.host, build: build)
        var values: [String: String] = [:]
        var secrets: Set<String> = []
        for (name, value) in variables.all.sorted(by: { $0.key < $1.key }) {
            let resolved = try await resolver.value(of: name, value)
            values[name] = resolved.reveal()
            guard case .text = value else {
                secrets.insert(name)
                await recorder.hide(resolved)
                continue
            }
        }
        let odd = values.keys.filter { !BuildVariables.isShellName($0) }.sorted()
        await recorder.log(odd.map { "WARNING: no shell can have a variable named \($0); it is left out" })
        values["HOME"] = folder.home
        values["PATH"] = (values["PATH"].map { [$0] } ?? [folder.programs, runner.configuration.searchPath]).joined(
            separator: ":")
        values["PWD"] = folder.source
        values["TMPDIR"] = runner.configuration.bubblewrap == nil ? folder.temporary : "/tmp"
        let exported = document.environment.exported.map(\.value).filter {
            !secrets.contains($0) && !$0.hasPrefix("AWS_")
        }
        return BuildWork(document: document, variables: values, exported: exported)
    }

    private func execute(_ work: BuildWork, _ folder: BuildFolder) async {
        do {
            if let docker = runner.configuration.docker { try folder.installDocker(docker) }
            try PrivateFiles.write(ShellScripts.exports(work.variables), to: folder.state + "/environment")
            let session = BuildShellSession(
                folder: folder, shell: try work.shell(searchPath: runner.configuration.searchPath),
                searchPath: runner.configuration.searchPath, bubblewrap: runner.configuration.bubblewrap,
                visible: runner.configuration.visible)
            try await session.run { script in
                var phases = CommandPhases(work: work, folder: folder, recorder: recorder, time: runner.time)
                await phases.run(script)
            }
        } catch is CancellationError {
        } catch let failure as PhaseFailure {
            await recorder.begin(.install)
            await recorder.end(failure)
        } catch {
            await recorder.end(PhaseFailure(code: "INTERNAL_SERVICE_ERROR", message: "\(error)"))
        }
    }
}

/// What a build's shell gets.
struct BuildWork: Sendable {
    let document: BuildspecDocument
    let variables: [String: String]
    /// The variables to export that may be.
    let exported: [String]

    /// The shell's path; throws ``PhaseFailure`` for one that this machine has not.
    func shell(searchPath: String) throws -> String {
        switch document.shell {
        case .sh: return "/bin/sh"
        case .bash:
            for folder in searchPath.split(separator: ":") {
                let path = "\(folder)/bash"
                if FileManager.default.isExecutableFile(atPath: path) { return path }
            }
            throw PhaseFailure(code: "CLIENT_ERROR", message: "env.shell is bash, which this machine has not")
        case .powershell, .cmd:
            throw PhaseFailure(code: "CLIENT_ERROR", message: "this stand-in runs /bin/sh and bash only")
        }
    }
}
