import AWS
import Core
import Foundation
import HTTP

/// Lists all projects and all builds of the account, with all that they hold, and prints seconds, projects, builds and calls.
///
///     listing
///
/// The account is that of the environment (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION).
@main
struct Listing {
    static func main() async throws {
        let variables = EnvironmentVariables(ProcessInfo.processInfo.environment)
        try await NetworkTransport.using(try NetworkSettings(variables), userAgent: "listing") { @Sendable network in
            let transport = CountingTransport(network)
            let profile = try SharedConfiguration(variables, profile: nil)
            let aws = AWSClient(
                try AWSConfiguration(variables, profile: profile),
                credentials: CredentialChain.standard(variables, profile: profile, transport: network, time: .system),
                transport: transport)
            let clock = ContinuousClock()
            let start = clock.now
            let projects = try await aws.projects(named: try await aws.projectNames()).found
            let builds = try await aws.allBuilds()
            let seconds = (clock.now - start) / .seconds(1)
            guard builds.allSatisfy({ $0.buildComplete == true }) else {
                throw UnthrottleError(.failed, "a build is not whole")
            }
            print(String(format: "%.3f", seconds), projects.count, Set(builds.map(\.id)).count, transport.calls)
        }
    }
}
