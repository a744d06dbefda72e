internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Keeps a folder to one process as long as it lives; the system lets go of it however the process ends (flock).
final class FolderLock: Sendable {
    private let file: Int32

    /// Takes the folder; throws `conflict` where another has it, `system` where there can be no lock.
    init(_ folder: String) throws {
        let path = "\(folder)/lock"
        let opened = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw UnthrottleError(.system, "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw UnthrottleError(
                .conflict, "another sandbox uses the folder \(folder)", hint: "Stop it, or use another --dir.")
        }
        file = opened
    }

    /// Takes a folder whose lock file is there and is held by no process; nil otherwise.
    init?(abandonedIn folder: String) {
        let opened = open("\(folder)/lock", O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            return nil
        }
        file = opened
    }

    deinit { close(file) }
}
