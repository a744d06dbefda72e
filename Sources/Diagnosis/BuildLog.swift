public import AWS

extension AWSClient {
    /// The lines of a build's log in CloudWatch Logs; none where there is no log, as for builds that failed in PROVISIONING.
    public func log(of build: CodeBuild.Build) async throws -> [String] {
        guard let group = build.logs?.groupName, let stream = build.logs?.streamName else { return [] }
        do {
            return try await logEvents(group: group, stream: stream).events.flatMap {
                ($0.message ?? "").split(whereSeparator: \.isNewline).map(String.init)
            }
        } catch let error as AWSError where error.isNotFound {
            return []
        }
    }
}
