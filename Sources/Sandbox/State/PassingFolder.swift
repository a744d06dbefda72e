public import Core
internal import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A folder that a sandbox needs while it runs, locked as long as the process lives. What a killed one left behind is
/// known by its lock, which nobody holds any more, and is cleared by the next.
public final class PassingFolder: Sendable {
    private static let prefix = "unthrottle-sandbox-"

    /// Its path.
    public let path: String
    private let lock: FolderLock

    /// Clears what killed sandboxes of this user left under `parent`, then makes a folder with a name of its own; throws
    /// ``UnthrottleError`` `system` where that is not possible.
    public init(under parent: String, dice: Dice) throws {
        Self.clear(parent)
        path = "\(parent)/\(Self.prefix)\(dice.hex(6))"
        try PrivateFiles.makeFolder(path)
        lock = try FolderLock(path)
    }

    /// Takes it away with all that is in it.
    public func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// A folder without a lock file is left: a sandbox may be about to make it. No two have the same name, so that one
    /// whose lock can be had belongs to nobody.
    private static func clear(_ parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            guard isOwnFolder(path), let lock = FolderLock(abandonedIn: path) else { continue }
            withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    /// In a folder that everyone may write to, another user may have made a link or a folder of that name.
    private static func isOwnFolder(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
    }
}
