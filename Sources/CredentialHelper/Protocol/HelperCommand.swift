internal import Core
internal import Registry

/// docker-credential-helpers' protocol, apart from the process that speaks it: an action and its input go in, an answer comes out.
struct HelperCommand {
    /// What the process writes and how it ends.
    struct Answer: Equatable {
        /// Standard output: the answer, or the error, which the protocol puts there too.
        var output = ""
        /// Standard error, which every client passes on to the person.
        var notes = ""
        /// The exit status.
        var status: Int32 = 0

        static func failure(_ message: String, notes: String = "") -> Answer {
            Answer(output: message + "\n", notes: notes, status: 1)
        }
    }

    /// Which secret serves which registry; throws where that cannot be said.
    var configuration: () throws -> HelperConfiguration
    /// What a secret holds, from the cache or from Secrets Manager.
    var fetch: (SecretPlace) throws -> SecretContent
    /// Forgets what is cached of a secret.
    var forget: (SecretPlace) -> Void

    /// Answers a command line. `input` is read only by the actions that have one.
    func handle(_ arguments: [String], input: () throws -> [UInt8]) -> Answer {
        guard arguments.count == 1 else { return Answer(output: ProtocolText.usage, status: 1) }
        do {
            switch arguments[0] {
            case "get": return try get(ProtocolInput.serverURL(input()))
            case "store": return try store(ProtocolInput.login(input()).serverURL)
            case "erase": return try erase(ProtocolInput.serverURL(input()))
            case "list": return try list()
            case "version", "--version", "-v": return Answer(output: ProtocolText.version)
            case "--help", "-h": return Answer(output: ProtocolText.usage)
            case let other: return .failure(ProtocolText.unknownAction(other))
            }
        } catch {
            return refused(arguments[0], HelperFailure(error))
        }
    }

    /// Docker goes on anonymously where `get` fails, without a word of its own: the notes are all that anyone sees.
    private func refused(_ action: String, _ failure: HelperFailure) -> Answer {
        // These two are for clients, which compare them.
        if [ProtocolText.noServerURL, ProtocolText.noUsername].contains(failure.message) {
            return .failure(failure.message)
        }
        let end = action == "get" ? "  Docker goes on without a login: this pull is anonymous.\n" : ""
        return .failure(failure.message, notes: noted(failure.complaint + end))
    }

    private func get(_ url: String) throws -> Answer {
        guard let place = try configuration().place(for: url) else { return .failure(ProtocolText.notFound) }
        let credential = try fetch(place).credential(for: url, of: place)
        return Answer(output: ProtocolText.login(credential, for: url))
    }

    private func list() throws -> Answer {
        var names: [String: String] = [:]
        for (registry, place) in try configuration().places {
            names[registry] = try fetch(place).credential(for: registry, of: place).username
        }
        return Answer(output: ProtocolText.list(names))
    }

    /// `docker login` in an old buildspec has to go on working, and there is nothing to keep: the login is in Secrets Manager.
    private func store(_ url: String) throws -> Answer {
        guard let place = try configuration().place(for: url) else {
            return .failure(
                "docker-credential-unthrottle keeps no logins, and \(url) is not in its configuration",
                notes: noted(
                    """
                    the login for \(url) was not kept
                      Put it into a secret and name that in ~/.config/unthrottle/helper.json, or give the registry another helper \
                    (credHelpers in docker's config.json).

                    """))
        }
        return Answer(
            notes: noted(
                "nothing was stored: the login for \(url) is read from the secret \(place.secret) when it is needed\n"))
    }

    private func erase(_ url: String) throws -> Answer {
        guard let place = try configuration().place(for: url) else { return Answer() }
        forget(place)
        return Answer(
            notes: noted(
                "nothing was erased but what was cached: the login for \(url) stays in the secret \(place.secret)\n"))
    }

    private func noted(_ text: String) -> String { "\(ProtocolText.name): \(text)" }
}
