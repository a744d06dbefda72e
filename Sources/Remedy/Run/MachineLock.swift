internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One change at a time on this machine: an advisory lock on a file, which the kernel drops when its holder dies.
final class MachineLock: Sendable {
    private let file: Int32

    /// Takes the lock; throws `conflict` where another run holds it.
    init(_ folder: StateFolder) throws {
        let path = "\(folder.path)/lock"
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw UnthrottleError(.system, "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw UnthrottleError(
                .conflict, "another run of unthrottle is changing things from this machine",
                hint: "Wait until it has ended, then run the command again.")
        }
    }

    deinit {
        close(file)
    }
}
