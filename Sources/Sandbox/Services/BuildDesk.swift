internal import AWS
internal import Core
internal import FoundationEssentials
internal import Synchronization

/// Where StartBuild hands builds in, where the runner fetches them, and where StopBuild leaves its word.
final class BuildDesk: Sendable {
    /// Builds in the order in which they were handed in; read by one reader.
    let submitted: AsyncStream<CodeBuild.Build>
    private let entrance: AsyncStream<CodeBuild.Build>.Continuation
    private let stopped = Mutex<Set<String>>([])

    init() { (submitted, entrance) = AsyncStream.makeStream() }

    func submit(_ build: CodeBuild.Build) { entrance.yield(build) }

    func stop(_ id: String) { stopped.withLock { _ = $0.insert(id) } }

    func isStopped(_ id: String) -> Bool { stopped.withLock { $0.contains(id) } }

    /// The build has ended; its word is not needed any more.
    func forget(_ id: String) { stopped.withLock { _ = $0.remove(id) } }
}
