internal import Core
internal import FoundationEssentials
internal import Subprocess

#if canImport(System)
internal import System
#else
internal import SystemPackage
#endif

/// A program that prints credentials (SDK guide, "Process credential provider"): run without a shell, its words split as a shell's.
struct CredentialProcess: Sendable {
    private let command: String
    private let profile: String
    private let variables: EnvironmentVariables

    init(_ command: String, profile: String, variables: EnvironmentVariables) {
        self.command = command
        self.profile = profile
        self.variables = variables
    }

    private struct Answer: Decodable {
        var Version: Int
        var AccessKeyId: String?
        var SecretAccessKey: String?
        var SessionToken: String?
        var Expiration: String?
    }

    /// Runs the program, without input, to its end. Throws `credentials` with its own words where it fails, and where it prints
    /// something else than version 1 of the JSON document; what it printed is not shown.
    func credentials() async throws -> AWSCredentials {
        let output = try await run()
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(output.utf8)) else {
            throw refusal("printed something else than credentials")
        }
        guard answer.Version == 1 else { throw refusal("printed Version \(answer.Version), not 1") }
        guard let id = answer.AccessKeyId, let secret = answer.SecretAccessKey, !id.isEmpty, !secret.isEmpty else {
            throw refusal("printed no AccessKeyId or no SecretAccessKey")
        }
        let expiration = try answer.Expiration.map { text in
            guard let date = ISO8601.date(text) else { throw refusal("printed an Expiration that is no ISO 8601 time") }
            return date
        }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: answer.SessionToken.flatMap { $0.isEmpty ? nil : Secret($0) }, expiration: expiration)
    }

    private func run() async throws -> String {
        let words: [String]
        do { words = try ShellWords.split(command) } catch let error as UnthrottleError {
            throw refusal("cannot be run: \(error.message)")
        }
        guard let program = words.first, !program.isEmpty else { throw refusal("is empty") }
        let environment = Dictionary(
            uniqueKeysWithValues: variables.all.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(words.dropFirst())), environment: .custom(environment), input: .none,
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
            guard result.terminationStatus.isSuccess else {
                let words = result.standardError.trimmed
                throw refusal("failed" + (words.isEmpty ? ", and said nothing" : ": \(words.prefix(1000))"))
            }
            return result.standardOutput
        } catch let error as SubprocessError {
            throw UnthrottleError(
                .credentials, "credential_process of the AWS profile \(profile), \(program), cannot be run",
                hint: "Is the program there, and is it executable?", cause: error)
        }
    }

    private func refusal(_ what: String) -> UnthrottleError {
        UnthrottleError(
            .credentials, "credential_process of the AWS profile \(profile) \(what)",
            hint: "Run the command by hand; it must print JSON with Version 1, AccessKeyId and SecretAccessKey.")
    }
}
