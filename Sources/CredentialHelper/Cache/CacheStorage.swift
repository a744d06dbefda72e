internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Where answers are cached: what UNTHROTTLE_CACHE says.
enum CacheStorage: String, CaseIterable {
    /// On a tmpfs: the folder of the login session, else `/dev/shm`.
    case memory
    /// On a disk, sealed.
    case disk
    /// Nowhere: each `get` asks AWS.
    case off

    /// The storage that is asked for; throws `invalidInput` for an unknown one.
    init(_ variables: EnvironmentVariables) throws {
        let text = variables["UNTHROTTLE_CACHE"] ?? Self.memory.rawValue
        guard let storage = Self(rawValue: text) else {
            throw UnthrottleError(
                .invalidInput, "UNTHROTTLE_CACHE is \"\(text)\"",
                hint: "It is one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self = storage
    }

    /// The folder, open; nil where none is wanted. Throws `system` with the reason where none can be had.
    func folder(_ variables: EnvironmentVariables, identity: CallerIdentity) throws -> CacheFolder? {
        switch self {
        case .off: return nil
        case .memory:
            if let runtime = variables["XDG_RUNTIME_DIR"],
                let folder = try? CacheFolder(parent: runtime, name: "unthrottle", inMemory: true)
            {
                return folder
            }
            return try CacheFolder(parent: "/dev/shm", name: "unthrottle-\(geteuid())", inMemory: true)
        case .disk:
            guard identity.sealingKey != nil else {
                throw UnthrottleError(
                    .system, "nothing is cached on disk: there is nothing to derive a key from",
                    hint: "It is derived from AWS_SECRET_ACCESS_KEY or a container's credential endpoint.")
            }
            guard let parent = variables["XDG_CACHE_HOME"] ?? variables["HOME"].map({ "\($0)/.cache" }) else {
                throw UnthrottleError(.system, "nothing is cached on disk: HOME is not set")
            }
            try PrivateFiles.makeFolder(parent)
            return try CacheFolder(parent: parent, name: "unthrottle", inMemory: false)
        }
    }
}
