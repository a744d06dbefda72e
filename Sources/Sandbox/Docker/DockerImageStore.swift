internal import Core
internal import Registry

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Where pulled images stay between commands: an OCI layout that one command at a time opens.
struct DockerImageStore: Sendable {
    let folder: String
    let time: Timekeeper
    let dice: Dice

    /// Runs `work` with the layout, which it begins if need be, and waits for another command that has it. Throws
    /// `system` where the folder or its lock cannot be had.
    func use<Value: Sendable>(_ work: @Sendable (ImageLayout) async throws -> Value) async throws -> Value {
        try PrivateFiles.makeFolder(folder)
        let path = "\(folder)/lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw UnthrottleError(.system, "\(path) cannot be opened") }
        defer { close(file) }
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw UnthrottleError(.system, "\(path) cannot be locked")
            }
            try await time.sleep(.milliseconds(20))
        }
        return try await work(ImageLayout(folder: folder, dice: dice))
    }
}
