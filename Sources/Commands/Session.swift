internal import AWS
internal import Core
internal import HTTP
internal import Registry
internal import Remedy

/// What a verb works with, made from the environment and the options in one place.
struct Session: Sendable {
    let variables: EnvironmentVariables
    let console: Console
    let transport: NetworkTransport
    let hub: HubEndpoint
    let time = Timekeeper.system
    let dice = Dice.system

    /// Runs a verb with a session and closes its connections afterwards.
    static func open(_ work: (Session) async throws -> Void) async throws {
        let variables = EnvironmentVariables.current
        let settings = try NetworkSettings(variables)
        try await NetworkTransport.using(settings, userAgent: "unthrottle/\(Unthrottle.version)") { transport in
            try await work(
                Session(
                    variables: variables, console: Console(variables), transport: transport,
                    hub: try HubEndpoint(variables)))
        }
    }

    /// The registry client for Docker Hub, or for the stand-in that UNTHROTTLE_HUB_URL names.
    var registry: RegistryClient { RegistryClient(transport: transport, time: time, dice: dice, hub: hub) }

    /// The AWS client that the options and the environment describe.
    func aws(_ options: AWSOptions) throws -> AWSClient {
        let profile = try SharedConfiguration(variables, profile: options.profile)
        let configuration = try AWSConfiguration(variables, profile: profile, region: options.region)
        let credentials = CredentialChain.standard(
            variables, profile: profile, region: options.region, transport: transport, time: time, dice: dice,
            options: .init(
                asksInstance: true,
                mfaCode: { [console] serial in
                    console.isInteractive ? try await console.askSecretly("MFA code of \(serial): ")?.reveal() : nil
                }))
        return AWSClient(
            configuration, credentials: credentials, transport: transport, time: time,
            dice: dice)
    }

    /// A workbench in the caller's account.
    func bench(_ options: AWSOptions, credential: Credential?) async throws -> Workbench {
        let aws = try aws(options)
        guard let account = try await aws.call(STS.GetCallerIdentity()).account else {
            throw UnthrottleError(
                .network, "sts GetCallerIdentity: the answer names no account",
                hint: "Is there a proxy in between, or is AWS_ENDPOINT_URL set to something that is not AWS?")
        }
        return Workbench(
            aws: aws, account: account, credential: credential, folder: try StateFolder(variables),
            time: time,
            dice: dice, tell: { [console] in console.tell($0) })
    }

    /// Asks before a change; throws `cancelled` for anything but yes, and `usage` where nobody can answer.
    func confirm(_ question: String, yes: Bool) async throws {
        if yes { return }
        guard console.isInteractive else {
            throw UnthrottleError(
                .usage, "nothing was changed: there is no terminal to confirm at",
                hint: "Add --yes to go ahead without asking.")
        }
        let answer = try? await console.ask("\(question) [y/N] ")?.trimmed.lowercased()
        guard answer == "y" || answer == "yes" else { throw UnthrottleError(.cancelled, "nothing was changed") }
    }
}
