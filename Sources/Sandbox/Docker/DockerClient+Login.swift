internal import Core
internal import Registry

/// `docker login` and `docker logout`.
extension DockerClient {
    func logIn(_ arguments: DockerArguments) async throws {
        let host = try server(arguments.words.first)
        guard let typed = try await credential(from: arguments) else { return try await logInAgain(host) }
        try await prove(typed, to: host)
        let before = try? await DockerLogins(variables).find(host)
        do {
            let source = try await DockerLogins(variables).keep(typed, for: host)
            if case .file(let path) = source, before?.credential != typed || before?.source != source {
                streams.errors(Self.unencrypted(path))
            }
        } catch {
            throw DockerExit(1, "Error saving credentials: error storing credentials - err: \(error)")
        }
        streams.output("Login Succeeded\n")
    }

    func logOut(_ arguments: DockerArguments) async throws {
        let host = try server(arguments.words.first)
        let shown = arguments.words.first ?? HubEndpoint.loginKey
        streams.output("Removing login credentials for \(shown)\n")
        do {
            try await DockerLogins(variables).forget(host)
        } catch {
            streams.errors(
                "WARNING: could not erase credentials:\n\(shown): error erasing credentials - err: \(error)\n")
        }
    }

    /// The login of the options; nil where there are none. The checks and their order are docker's
    /// (cli/command/registry).
    private func credential(from arguments: DockerArguments) async throws -> Credential? {
        let (username, password) = (arguments.options["username"], arguments.options["password"])
        let fromInput = arguments.options["password-stdin"] != nil
        if password != nil {
            streams.errors("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n")
            if fromInput {
                throw DockerExit(1, "conflicting options: cannot specify both --password and --password-stdin")
            }
        }
        if username == "" { throw DockerExit(1, "username is empty") }
        if password == "" { throw DockerExit(1, "password is empty") }
        if fromInput, username == nil {
            throw DockerExit(1, "the --password-stdin option requires --username to be set")
        }
        guard username != nil || password != nil else { return nil }
        var secret = password ?? ""
        if fromInput {
            secret = try await streams.input()
            // One line end goes, as docker has it: a password may itself end with a blank. "\r\n" is one Character.
            if let last = secret.last, ["\n", "\r\n", "\r"].contains(last) { secret.removeLast() }
        }
        guard let username, !secret.isEmpty else { throw Self.noTerminal }
        return Credential(username: username, password: Secret(secret))
    }

    private func logInAgain(_ host: ImageReference.Host) async throws {
        guard let stored = await findLogin(for: host) else { throw Self.noTerminal }
        streams.errors(
            "Authenticating with existing credentials... [Username: \(stored.username)]\n\n"
                + " Info -> To login with a different account, run 'docker logout' followed by 'docker login'\n\n\n")
        do {
            try await prove(stored, to: host)
        } catch let exit as DockerExit where exit.status == 1 {
            throw DockerExit(1, "Login did not succeed, error: \(exit.text)\n\(Self.noTerminal.text)")
        }
        streams.output("Login Succeeded\n")
    }

    private func prove(_ credential: Credential, to host: ImageReference.Host) async throws {
        do {
            try await registry().ping(host, as: credential)
        } catch let error as RegistryError {
            throw DockerExit(1, "Error response from daemon: \(DockerWords.onLogin(error))")
        }
    }

    /// The registry that `[SERVER]` means; any but Docker Hub is refused. A login for one of Docker Hub's other names
    /// is taken and kept under that name, where no pull looks for it: docker does so too.
    private func server(_ text: String?) throws -> ImageReference.Host {
        guard let text, text != HubEndpoint.loginKey else { return .dockerHub }
        let bare = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? text[...]
        guard let host = try? ImageReference.Host(String(bare.prefix { $0 != "/" })), host.isDockerHub else {
            throw DockerExit(1, "Error response from daemon: Get \"https://\(bare)/v2/\": \(DockerWords.hubAlone)")
        }
        return host
    }

    private static let noTerminal = DockerExit(
        1, "Error: Cannot perform an interactive login from a non TTY device")

    private static func unencrypted(_ path: String) -> String {
        "\nWARNING! Your credentials are stored unencrypted in '\(path)'.\n"
            + "Configure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n"
    }
}
