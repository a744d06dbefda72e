internal import ArgumentParser
internal import Core
internal import CredentialHelper
internal import Registry
internal import Remedy

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// `unthrottle helper check`
struct HelperCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show for each installed client whether its pulls are authenticated, and why not",
        discussion: """
            Follows each client's own files, asks the helper that they name for what the client would ask, and shows the login to Docker \
            Hub once, by HEAD, which counts as no pull. Exit status 1 says that a client's pulls are anonymous.
            """)

    @Flag(help: "Do not show the login to Docker Hub")
    var offline = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Session.open { session in
            var accepted: [String: String?] = [:]
            var reports: [ClientReport] = []
            for program in ClientProgram.all where SearchPath.find(program.name, session.variables) != nil {
                var (report, credential) = try await session.follow(program)
                if let credential, !offline {
                    let id = "\(credential.username) \(credential.encoded.reveal())"
                    if accepted[id] == nil { accepted[id] = .some(await session.refusal(of: credential)) }
                    if let refusal = accepted[id] ?? nil { report.refuse(refusal) }
                }
                reports.append(report)
            }
            if output.json {
                session.console.print(try JSON(encoding: reports).text(pretty: true))
            } else {
                if reports.isEmpty { session.console.print("no client that is known is on the PATH") }
                for report in reports { report.show(session.console) }
            }
            if reports.contains(where: { !$0.authenticated }) { throw ExitStatus.notWell }
        }
    }
}

extension Session {
    /// Follows a client's files, and runs the helper that they name.
    fileprivate func follow(_ program: ClientProgram) async throws -> (ClientReport, Credential?) {
        let path: ClientPath
        do {
            path = try ClientPath.of(program, variables, userID: getuid())
        } catch let error as UnthrottleError {
            return (
                ClientReport(
                    client: program.name, authenticated: false, through: "a file that cannot be read",
                    reason: "\(error)",
                    advice: error.hint), nil
            )
        }
        let file = path.file ?? "no file: HOME is not set"
        func report(_ username: String?, _ through: String, _ reason: String? = nil, _ advice: String? = nil)
            -> ClientReport
        {
            ClientReport(
                client: program.name, authenticated: username != nil, username: username, through: through,
                reason: reason, advice: advice)
        }
        switch path.source {
        case .none:
            return (report(nil, file, "there is no login for \(program.key)", "Run unthrottle helper install."), nil)
        case .variable(let username):
            return (report(username, "DOCKER_AUTH_CONFIG, by docker 28.3 and newer"), nil)
        case .file(let username):
            return (
                report(username, file, "the login stands there in the clear", "Run unthrottle helper install."), nil
            )
        case .helper(let name):
            let through = "\(file), docker-credential-\(name)"
            do {
                guard let credential = try await CredentialHelperClient(name, variables: variables).get(program.key)
                else {
                    return (report(nil, through, "the helper has no login for \(program.key)"), nil)
                }
                console.keepSecret(credential.password)
                return (report(credential.username, through), credential)
            } catch let error as UnthrottleError {
                return (report(nil, through, "\(error)", error.hint), nil)
            }
        }
    }

    /// Why Docker Hub refuses a login; nil where it takes it, or where it cannot be asked now.
    fileprivate func refusal(of credential: Credential) async -> String? {
        do {
            _ = try await registry.readQuota(as: credential)
            return nil
        } catch {
            let shown = UnthrottleError.forPeople(error)
            if shown.code == .credentials { return shown.message }
            console.tell("Docker Hub could not be asked whether it takes the login: \(shown.message)")
            return nil
        }
    }
}
