internal import ArgumentParser
internal import Core
internal import Registry

/// The Docker Hub credential. The password never comes as an argument: process lists and shell histories keep those.
struct CredentialOptions: ParsableArguments {
    @Option(help: "Docker Hub user name, or organisation name for an organisation's access token")
    var username: String?

    @Flag(help: "Read the access token or password from standard input")
    var passwordStdin = false

    func validate() throws {
        guard !passwordStdin || username != nil else {
            throw ValidationError("--password-stdin goes with --username")
        }
    }

    /// The credential that was handed in; nil where no user name was given.
    func read(_ console: Console) async throws -> Credential? {
        guard let username else { return nil }
        try OptionValue.check([("--username", username)])
        guard !username.contains(":") else {
            throw UnthrottleError(
                .usage, "this is no Docker Hub user name", hint: "It is what you log in with, without a colon.")
        }
        let password = try await readPassword(for: username, console)
        guard !password.isEmpty else { throw UnthrottleError(.usage, "the password is empty") }
        console.keepSecret(password)
        return Credential(username: username, password: password)
    }

    private func readPassword(for username: String, _ console: Console) async throws -> Secret {
        if passwordStdin {
            guard let line = readLine(strippingNewline: true) else {
                throw UnthrottleError(
                    .usage, "standard input holds no password",
                    hint: "printf '%s' \"$TOKEN\" | unthrottle … --password-stdin")
            }
            return Secret(line.trimmed)
        }
        guard console.isInteractive else {
            throw UnthrottleError(
                .usage, "there is no terminal to ask for the password of \(username)",
                hint: "Hand it in on standard input: --password-stdin")
        }
        guard let password = try await console.askSecretly("Docker Hub access token or password of \(username): ")
        else {
            throw CancellationError()
        }
        return password
    }
}
