public import Core
internal import FoundationEssentials
internal import Subprocess

#if canImport(System)
internal import System
#else
internal import SystemPackage
#endif

/// Runs a credential helper, `docker-credential-NAME` (docker-credential-helpers' protocol: the input on stdin, answers
/// and errors alike on stdout).
public struct CredentialHelperClient: Sendable {
    /// The helper's name, without `docker-credential-`.
    public let name: String
    private let variables: EnvironmentVariables
    private let limit: Duration

    /// What every helper says where it has no login; clients compare the text.
    public static let notFound = "credentials not found in native keychain"

    /// A helper that is looked for in the variables' PATH and gets the variables; it has `limit` to answer.
    /// Throws `invalidInput` for a name that is a path.
    public init(_ name: String, variables: EnvironmentVariables, limit: Duration = .seconds(30)) throws {
        guard !name.isEmpty, !name.contains("/") else {
            throw UnthrottleError(.invalidInput, "\"\(name)\" cannot be a credential helper's name")
        }
        (self.name, self.variables, self.limit) = (name, variables, limit)
    }

    /// The login for a key; nil where the helper has none. Throws `system` where it cannot be run or fails.
    public func get(_ key: String) async throws -> Credential? {
        struct Answer: Decodable {
            var Username: String?
            var Secret: String?
        }
        let output = try await run("get", input: key)
        guard output.succeeded else {
            if output.text == Self.notFound { return nil }
            throw failure("get", output)
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(output.text.utf8)),
            let username = answer.Username, let secret = answer.Secret
        else { throw UnthrottleError(.system, "docker-credential-\(name) answered with something else than a login") }
        return username.isEmpty && secret.isEmpty ? nil : Credential(username: username, password: Secret(secret))
    }

    /// Has the helper keep a login; throws `system`.
    public func store(_ credential: Credential, for key: String) async throws {
        let document: JSON = [
            "ServerURL": .string(key), "Username": .string(credential.username),
            "Secret": .string(credential.password.reveal()),
        ]
        let output = try await run("store", input: document.text())
        guard output.succeeded else { throw failure("store", output) }
    }

    /// Has the helper forget a login; throws `system`.
    public func erase(_ key: String) async throws {
        let output = try await run("erase", input: key)
        guard output.succeeded || output.text == Self.notFound else { throw failure("erase", output) }
    }

    private struct Output: Sendable {
        var succeeded: Bool
        var text: String
    }

    private func failure(_ verb: String, _ output: Output) -> UnthrottleError {
        UnthrottleError(
            .system, "docker-credential-\(name) \(verb) failed: \(HubWords.redacted(String(output.text.prefix(300))))")
    }

    private func run(_ verb: String, input: String) async throws -> Output {
        let program = "docker-credential-\(name)"
        return try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask {
                let environment = Dictionary(
                    uniqueKeysWithValues: variables.all.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
                do {
                    let result = try await Subprocess.run(
                        .name(program), arguments: [verb], environment: .custom(environment),
                        input: try Self.filledPipe(input),
                        output: .string(limit: 1 << 20), error: .discarded)
                    return Output(
                        succeeded: result.terminationStatus.isSuccess, text: result.standardOutput.trimmed)
                } catch let error as SubprocessError {
                    throw UnthrottleError(.system, "\(program) cannot be run", cause: error)
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let output = try await group.next() ?? nil else {
                throw UnthrottleError(.system, "\(program) \(verb) has not answered within \(limit)")
            }
            return output
        }
    }

    /// A pipe that holds the input already: a helper that ends without reading it then breaks no pipe of ours, which
    /// would end this program (SIGPIPE). A pipe holds 16 KiB at least; a login is far shorter.
    private static func filledPipe(_ input: String) throws -> FileDescriptorInput {
        guard input.utf8.count <= 16 << 10 else {
            throw UnthrottleError(.invalidInput, "the login is too long for a credential helper")
        }
        let (reading, writing) = try FileDescriptor.pipe()
        defer { try? writing.close() }
        try writing.writeAll(Array(input.utf8))
        return .fileDescriptor(reading, closeAfterSpawningProcess: true)
    }
}
