internal import AWS
internal import Core
internal import FoundationEssentials
internal import HTTP

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The helper as a process: its arguments, its streams, its end.
public enum HelperProgram {
    /// Answers the command line and ends the process.
    ///
    /// All of it is synchronous but the one request to AWS: a cached answer starts no thread and no event loop.
    public static func main() -> Never {
        signal(SIGPIPE, SIG_IGN)
        let variables = EnvironmentVariables.ofThisProcess()
        let answer = command(variables).handle(Array(CommandLine.arguments.dropFirst()), input: readInput)
        write(answer.notes, to: 2)
        write(answer.output, to: 1)
        // Not exit: a request that came too late may still be under way in other threads.
        _exit(answer.status)
    }

    private static func command(_ variables: EnvironmentVariables) -> HelperCommand {
        let start = now()
        return HelperCommand(
            configuration: { try HelperConfiguration(variables) },
            fetch: { place in
                let deadline = start + (try Deadline(variables).limit)
                let ask = { try self.ask(variables, place, deadline: deadline) }
                switch try cache(variables) {
                case .some(let cache): return try cache.content(of: place, deadline: deadline, ask: ask)
                case .none: return try ask()
                }
            },
            forget: { place in if let cache = try? cache(variables) { cache.forget(place) } })
    }

    /// Nil where none is wanted. Without a folder that can be trusted it goes on without a cache, and says so.
    private static func cache(_ variables: EnvironmentVariables) throws -> AnswerCache? {
        let storage = try CacheStorage(variables)
        let identity = CallerIdentity(variables)
        do {
            guard let folder = try storage.folder(variables, identity: identity) else { return nil }
            return AnswerCache(folder, identity: identity, now: now, wait: { usleep(5000) })
        } catch let error as UnthrottleError {
            write("\(ProtocolText.name): no cache: \(error)\n", to: 2)
            return nil
        }
    }

    private static func ask(
        _ variables: EnvironmentVariables, _ place: SecretPlace, deadline: Double
    ) throws -> SecretContent {
        let network = NetworkTransport(
            try NetworkSettings(variables), userAgent: "\(ProtocolText.name)/\(Release.version)")
        // Never given back: a client that is given back with work under way stops the process. Its connections end with it.
        _ = Unmanaged.passRetained(network)
        let transport = LastAnswer(network)
        let source = SecretSource(variables: variables, transport: transport)
        let content = try Blocking.wait(atMost: max(0, deadline - now())) { try await source.content(of: place) }
        guard let content else {
            throw HelperFailure(
                "no answer from AWS in time for the secret \(place.secret)"
                    + (transport.trouble.map { "; the last trouble: \($0)" } ?? ""),
                hint:
                    "Is AWS reachable from here (HTTPS_PROXY, a VPC endpoint)? UNTHROTTLE_TIMEOUT=10 waits ten seconds."
            )
        }
        return content
    }

    private static func now() -> Double { Date().timeIntervalSince1970 }

    private static func readInput() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8 << 10)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= ProtocolInput.longest else { throw HelperFailure("the input is too long") }
        }
    }

    private static func write(_ text: String, to file: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

// `write` names the member above; this reaches the system's.
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
