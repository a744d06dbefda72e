internal import AWS
internal import Buildspec
internal import Core
internal import Registry

/// Works out what `login` changes in one project, part by part.
struct ProjectEdit {
    private let project: CodeBuild.Project
    private let secret: SecretHandle
    private let secretARN: String?
    private let keyedHash: (String) throws -> String
    private var image: EnvironmentImage
    private(set) var step: ProjectStep
    private(set) var notes: [Plan.Note] = []
    private(set) var byHand: [Plan.HandWork] = []
    private(set) var alreadyTrue: [String] = []

    /// Begins with a project as it is; throws `refused` where no docker can run in it.
    init(
        project: CodeBuild.Project, secret: SecretHandle, secretARN: String?,
        keyedHash: @escaping (String) throws -> String
    ) throws {
        let type = project.environment.type
        guard type != .linuxLambdaContainer, type != .armLambdaContainer else {
            throw UnthrottleError(
                .refused, "the project \(project.name) runs on Lambda compute (\(type)), where there is no docker",
                hint:
                    "CodeBuild offers neither docker nor custom registry credentials there. Change the project to EC2 compute (LINUX_CONTAINER) first."
            )
        }
        self.project = project
        self.secret = secret
        self.secretARN = secretARN
        self.keyedHash = keyedHash
        image = try Self.read(project.environment.image, of: project.name)
        step = ProjectStep(project: project.name, variables: [], buildspecDiff: [])
    }

    private static func read(_ image: String, of project: String) throws -> EnvironmentImage {
        do {
            return try EnvironmentImage(image)
        } catch {
            throw UnthrottleError(.invalidInput, "\(image) (project \(project)) is no image reference: \(error)")
        }
    }

    /// Takes another environment image, where one was asked for.
    mutating func chooseImage(_ name: String?) throws {
        guard let name, let change = Change(from: project.environment.image, to: name) else { return }
        image = try Self.read(name, of: project.name)
        step.image = change
    }

    /// The PROVISIONING pull: a registry credential where the image comes from Docker Hub, and only there. CodeBuild refuses
    /// one with a curated image or one from ECR (API_RegistryCredential).
    mutating func authenticateImagePull() throws {
        let environment = project.environment
        let now = environment.registryCredential
        guard image.isDockerHub else {
            if step.image != nil, now != nil || environment.imagePullCredentialsType == .serviceRole,
                case .curated = image
            {
                step.registryCredential = Change(from: now, to: nil)
                step.pullCredentials = Change(from: environment.imagePullCredentialsType, to: .codeBuild)
            }
            notes.append(.init(severity: .note, text: Self.why(image, project: project.name)))
            return
        }
        let isOurs = now.map { $0.credential == secret.id || $0.credential == secretARN } ?? false
        if !isOurs {
            step.registryCredential = Change(
                from: now,
                to: CodeBuild.RegistryCredential(credential: secret.id, credentialProvider: "SECRETS_MANAGER"))
        }
        step.pullCredentials = Change(from: environment.imagePullCredentialsType, to: .serviceRole)
        if isOurs, step.pullCredentials == nil {
            alreadyTrue.append("the project \(project.name) pulls its environment image with the secret")
        }
    }

    private static func why(_ image: EnvironmentImage, project: String) -> String {
        switch image {
        case .curated(let name):
            "\(project)'s environment image \(name) is CodeBuild's own: its pull is not throttled and takes no registry credential."
        case .ecr(let reference, _, _), .ecrPublic(let reference), .other(let reference), .dockerHub(let reference):
            "\(project)'s environment image \(reference.familiar) is not on Docker Hub, so that its pull is left as it is."
        }
    }

    /// The pulls inside the build: the two variables and the login, unless nothing in the build can use docker.
    mutating func authenticateBuild() throws {
        switch project.source.known.buildspecPlace {
        case .file(let path):
            try addVariables()
            byHand.append(
                Plan.HandWork(
                    project: project.name, reason: .sourceBuildspec,
                    why: "its buildspec \(path) comes with the source, which this program does not change",
                    patch: LoginPatch.text(path: path, shell: shell)))
        case .inline(let text):
            try authenticateInline(text)
        }
    }

    private mutating func authenticateInline(_ text: String) throws {
        let path = "the buildspec of \(project.name)"
        let document = try BuildspecDocument(parsing: text, path: path)
        let usesDocker = document.firstDockerAction(shell: document.environment.shell?.value ?? shell) != nil
        if !usesDocker, document.delegations().isEmpty || project.environment.privilegedMode != true {
            notes.append(
                .init(
                    severity: .note,
                    text: "\(project.name)'s buildspec shows no docker command"
                        + (document.delegations().isEmpty
                            ? "" : " (its scripts were not seen, and without privileged mode no docker runs)")
                        + ": no login is added to it."))
            return
        }
        if usesDocker, project.environment.privilegedMode != true, project.environment.dockerServer == nil {
            notes.append(
                .init(
                    severity: .warning,
                    text: "Privileged mode is off in \(project.name): a docker engine does not start in its builds."))
        }
        try addVariables()
        do {
            switch try LoginEditor.insertLogin(into: text, path: path, shell: shell, with: .usual) {
            case .alreadyThere(let line):
                alreadyTrue.append(
                    "\(project.name)'s buildspec logs in to Docker Hub before any other docker action (line \(line))")
            case .inserted(let edited, _, let line):
                warn(of: document.delegations(shell: shell), before: line)
                step.buildspec = TextInsertion(from: text, to: edited)
                step.buildspecDiff = Self.diffLines(from: text, to: edited)
            }
        } catch let error as UnthrottleError where error.code == .invalidInput {
            byHand.append(
                Plan.HandWork(
                    project: project.name, reason: .uncertainPlace, why: error.message,
                    patch: error.hint ?? LoginPatch.text(path: "the buildspec", shell: shell)))
        }
    }

    /// The shell of the project's platform, for buildspecs that name none.
    private var shell: BuildShell { project.runsWindows ? .powershell : .sh }

    /// Scripts and make targets that run before the login may pull too; what is in them was not seen.
    private mutating func warn(of delegations: [Delegation], before line: Int) {
        var programs: [String] = []
        for delegation in delegations where delegation.position.line < line && !programs.contains(delegation.program) {
            programs.append(delegation.program)
        }
        guard !programs.isEmpty else { return }
        notes.append(
            .init(
                severity: .note,
                text:
                    "Before the login, \(project.name) runs \(programs.joined(separator: ", ")): what these pull was not "
                    + "seen, and stays anonymous. If they pull from Docker Hub, move the login above them."))
    }

    /// The hunks of a unified diff, without its two header lines.
    private static func diffLines(from old: String, to new: String) -> [String] {
        UnifiedDiff(from: old, to: new, oldName: "", newName: "").text.split(separator: "\n").dropFirst(2).map(
            String.init)
    }

    private mutating func addVariables() throws {
        for (name, key) in [(LoginVariables.usual.username, "username"), (LoginVariables.usual.password, "password")] {
            let found = project.environment.environmentVariables?.first { $0.name == name }
            let accepted = [secret.id, secretARN].compactMap { $0.map { "\($0):\(key)" } }
            if let found, found.type == .secretsManager, accepted.contains(found.value) { continue }
            let wanted = CodeBuild.EnvironmentVariable(name: name, value: secret.variable(key), type: .secretsManager)
            step.variables.append(VariableChange(name: name, before: try before(found), after: .variable(wanted)))
        }
        if step.variables.isEmpty {
            alreadyTrue.append("the project \(project.name) has both variables")
        }
    }

    private mutating func before(_ found: CodeBuild.EnvironmentVariable?) throws -> VariableChange.Value {
        guard let found else { return .absent }
        let isPlain = found.type ?? .plaintext == .plaintext
        guard isPlain, found.name == LoginVariables.usual.password else { return .variable(found) }
        notes.append(
            .init(
                severity: .warning,
                text:
                    "\(project.name) holds \(found.name) in clear text. It is replaced, but the old value stays in CloudTrail and in the project's history: make a new token."
            ))
        return .hidden(keyedHash: try keyedHash(found.value))
    }
}
