import AWS
import Core
import Synchronization

@testable import Sandbox

/// A build's host that keeps what it is told and answers from tables.
final class RecordingHost: BuildHost {
    struct State: Sendable {
        var builds: [CodeBuild.Build] = []
        var lines: [String] = []
        var stream: String?
        var secretRequests: [SecretRequest] = []
        var isStopRequested = false
    }

    private let state = Mutex(State())
    private let secrets: [String: String]
    private let refusal: ServiceError?

    private let logRefusal: ServiceError?

    init(secrets: [String: String] = [:], refusal: ServiceError? = nil, logRefusal: ServiceError? = nil) {
        (self.secrets, self.refusal, self.logRefusal) = (secrets, refusal, logRefusal)
    }

    var last: CodeBuild.Build? { state.withLock { $0.builds.last } }
    var lines: [String] { state.withLock { $0.lines } }
    var stream: String? { state.withLock { $0.stream } }
    var secretRequests: [SecretRequest] { state.withLock { $0.secretRequests } }
    func stop() { state.withLock { $0.isStopRequested = true } }

    /// `PHASE STATUS` of every phase that ended.
    var phases: [String] {
        (last?.phases ?? []).map { "\($0.phaseType?.rawValue ?? "") \($0.phaseStatus?.rawValue ?? "-")" }
    }

    func context(_ phase: CodeBuild.PhaseType) -> CodeBuild.PhaseContext? {
        last?.phases.first { $0.phaseType == phase }?.contexts?.first
    }

    /// What commands printed.
    var printed: [String] { lines.filter { !$0.hasPrefix("[Container] ") } }

    func update(_ build: CodeBuild.Build) async { state.withLock { $0.builds.append(build) } }

    func checkLog(group: String, stream: String, of build: CodeBuild.Build) async throws {
        if let logRefusal { throw logRefusal }
    }

    func append(_ lines: [BuildLogLine], group: String, stream: String, of build: CodeBuild.Build) async {
        state.withLock {
            $0.lines += lines.map { String($0.text.dropLast()) }
            $0.stream = "\(group) \(stream)"
        }
    }

    func secretValue(_ request: SecretRequest, of build: CodeBuild.Build) async throws -> Secret {
        state.withLock { $0.secretRequests.append(request) }
        if let refusal { throw refusal }
        guard let text = secrets[request.secret] else {
            throw ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        }
        return Secret(text)
    }

    func parameterValue(_ name: String, of build: CodeBuild.Build) async throws -> Secret? { nil }

    func sessionCredentials(of build: CodeBuild.Build) async -> BuildCredentials? {
        BuildCredentials(uri: "http://127.0.0.1:1/creds", token: Secret("session-token-1"))
    }

    func isStopRequested(_ id: String) async -> Bool { state.withLock { $0.isStopRequested } }
}
