internal import AWS
internal import Core

/// Where a build's log goes: the project's settings or CodeBuild's own group, a stream named after the build.
struct BuildLogPlace: Sendable, Hashable {
    /// The log group.
    let group: String
    /// The log stream.
    let stream: String
    private let region: String
    private let account: String

    /// Nil for a build that keeps no log.
    init?(_ build: CodeBuild.Build) {
        let settings = build.logs?.cloudWatchLogs
        guard settings?.status != "DISABLED" else { return nil }
        let parts = (build.arn ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        (region, account) = parts.count > 4 ? (parts[3], parts[4]) : ("us-east-1", "")
        let uuid = BuildIdentity.uuid(build)
        group = settings?.groupName ?? "/aws/codebuild/\(build.projectName ?? "")"
        stream = settings?.streamName.map { "\($0)/\(uuid)" } ?? uuid
    }

    /// The stream's ARN.
    var arn: String { "arn:aws:logs:\(region):\(account):log-group:\(group):log-stream:\(stream)" }

    /// The console's page of the stream.
    var link: String {
        "https://console.aws.amazon.com/cloudwatch/home?region=\(region)#logsV2:log-groups/log-group/"
            + "\(PercentEncoding.encode(group))/log-events/\(PercentEncoding.encode(stream))"
    }
}

/// The parts of a build's id, `PROJECT:UUID`.
enum BuildIdentity {
    /// The UUID.
    static func uuid(_ build: CodeBuild.Build) -> String { String(build.id.split(separator: ":").last ?? "") }
}
