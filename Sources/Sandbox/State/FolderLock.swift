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

    deinit { close(file) }
}
