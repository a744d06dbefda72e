internal import AWS
internal import Core
internal import FoundationEssentials

/// The account as its builds see it.
struct AccountBuildHost: BuildHost {
    let backend: Backend
    let keys: KeyRing
    let desk: BuildDesk
    /// The AWS endpoint's base URL.
    let endpoint: String

    func update(_ build: CodeBuild.Build) async {
        // A full disk must not leave a build that runs for ever: memory counts, the next write brings the rest.
        backend.store.record { $0.codebuild.builds[build.id] = build }
        if build.buildComplete == true {
            keys.closeSession(build: build.id)
            desk.forget(build.id)
        }
    }

    func checkLog(group: String, stream: String, of build: CodeBuild.Build) async throws {
        try authorize("logs:CreateLogStream", group, stream, build)
        guard !backend.logs.has(group: group) else { return }
        do {
            try authorize("logs:CreateLogGroup", group, "", build)
        } catch {
            // The ARN without streams is what CodeBuild's own policies grant.
            let arn = backend.place.arn("logs", "log-group:\(group)")
            let request = AccessRequest(try session(of: build), "logs:CreateLogGroup", on: arn)
            guard (try? backend.store.read({ try $0.authorize(request) })) != nil else { throw error }
        }
    }

    private func authorize(_ action: String, _ group: String, _ stream: String, _ build: CodeBuild.Build) throws {
        let arn = backend.place.arn("logs", "log-group:\(group):log-stream:\(stream)")
        let request = AccessRequest(try session(of: build), action, on: arn)
        try backend.store.read { try $0.authorize(request) }
    }

    func append(_ lines: [BuildLogLine], group: String, stream: String, of build: CodeBuild.Build) async {
        guard (try? authorize("logs:PutLogEvents", group, stream, build)) != nil else { return }
        let ingested = Int(backend.now.timeIntervalSince1970 * 1000)
        backend.logs.put(
            lines.map {
                .init(
                    timestamp: Int($0.time.timeIntervalSince1970 * 1000), message: $0.text, ingested: ingested)
            }, group: group, stream: stream)
    }

    func secretValue(_ request: SecretRequest, of build: CodeBuild.Build) async throws -> Secret {
        let caller = try session(of: build)
        let input = SecretsManager.GetSecretValue(
            secretId: request.secret, versionId: request.version, versionStage: request.stage)
        let output = try SecretsManagerService(backend: backend)
            .value(input, Call(caller: caller, requestID: backend.dice.uuid()))
        guard let text = output.secretString else {
            throw ServiceError("InvalidRequestException", "The secret \(request.secret) has no SecretString")
        }
        return text.secret
    }

    func parameterValue(_ name: String, of build: CodeBuild.Build) async throws -> Secret? { nil }

    func sessionCredentials(of build: CodeBuild.Build) async -> BuildCredentials? {
        guard let caller = try? session(of: build) else { return nil }
        let pass = keys.openSession(build: build.id, role: caller, roleARN: caller.policyARN)
        return BuildCredentials(uri: endpoint + pass.path, token: pass.token)
    }

    func isStopRequested(_ id: String) async -> Bool { desk.isStopped(id) }

    /// The session in which the build acts as its service role.
    private func session(of build: CodeBuild.Build) throws(ServiceError) -> Caller {
        guard let role = backend.store.read({ $0.iam.role(arn: build.serviceRole ?? "") }) else {
            throw ServiceError(
                "AccessDeniedException",
                "CodeBuild is not authorized to perform: sts:AssumeRole on \(build.serviceRole ?? "no role")")
        }
        let uuid = build.id.split(separator: ":").last ?? ""
        return Caller(
            account: backend.place.account,
            kind: .session(role: role.name, roleARN: role.arn, roleID: role.id, name: "AWSCodeBuild-\(uuid)"))
    }
}
