internal import CLinux
internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A folder that only its owner can reach, held open: what it is was checked on the open folder, so nobody can put another in its place.
struct CacheFolder: ~Copyable {
    /// For messages.
    let path: String
    private let folder: Int32

    /// Opens `parent`/`name`, which is made with mode 0700 where it is missing; throws `system` where it is a link, another's, open to
    /// others or, if asked for, not in memory.
    init(parent: String, name: String, inMemory: Bool) throws {
        path = "\(parent)/\(name)"
        let above = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard above >= 0 else { throw Self.refusal(parent, Self.systemError) }
        defer { close(above) }
        if inMemory, !Self.isInMemory(above) { throw Self.refusal(parent, "is not in memory (tmpfs)") }
        if mkdirat(above, name, 0o700) != 0, errno != EEXIST { throw Self.refusal(path, Self.systemError) }
        let opened = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw Self.refusal(path, Self.systemError) }
        if let why = Self.fault(of: opened, inMemory: inMemory) {
            close(opened)
            throw Self.refusal(path, why)
        }
        folder = opened
    }

    deinit { close(folder) }

    /// Opens a file of the folder, made where it is missing; nil where it cannot be trusted.
    func file(_ name: String) -> CacheFile? {
        let opened = openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard opened >= 0 else { return nil }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0, status.st_nlink <= 1
        else {
            close(opened)
            return nil
        }
        return CacheFile(opened)
    }

    /// Removes a file.
    func remove(_ name: String) { unlinkat(folder, name, 0) }

    /// Removes the files but `kept` that have not been written for `age` seconds: an answer should not outlive its use.
    func sweep(olderThan age: Int, now: Int, keeping kept: String) {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let list = fdopendir(copy) else { return }
        defer { closedir(list) }
        while let entry = readdir(list) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name.utf8.count == 32, name != kept, fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                continue
            }
            if Int(status.lastChange) + age < now { unlinkat(folder, name, 0) }
        }
    }

    private static func fault(of folder: Int32, inMemory: Bool) -> String? {
        var status = stat()
        guard fstat(folder, &status) == 0 else { return systemError }
        if status.st_uid != geteuid() { return "belongs to another user" }
        if status.st_mode & 0o077 != 0 { return "is open to others; it must have mode 0700" }
        return inMemory && !isInMemory(folder) ? "is not in memory (tmpfs)" : nil
    }

    /// tmpfs or ramfs (statfs(2)).
    private static func isInMemory(_ file: Int32) -> Bool {
        #if os(Linux)
        var status = statfs()
        return fstatfs(file, &status) == 0
            && [0x0102_1994, 0x8584_58f6].contains(UInt32(truncatingIfNeeded: status.f_type))
        #else
        return false
        #endif
    }

    private static var systemError: String { "cannot be used: \(String(cString: strerror(errno)).lowercased())" }

    private static func refusal(_ path: String, _ why: String) -> UnthrottleError {
        UnthrottleError(.system, "\(path) \(why)")
    }
}

/// What tells one state of a file from the next, without reading it.
enum FileMark {
    static func of(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "none" }
        return "\(status.st_dev)-\(status.st_ino)-\(status.st_size)-\(status.lastChange)-\(status.lastChangeFraction)"
    }
}

extension stat {
    #if canImport(Darwin)
    fileprivate var lastChange: Int { st_mtimespec.tv_sec }
    fileprivate var lastChangeFraction: Int { st_mtimespec.tv_nsec }
    #else
    fileprivate var lastChange: Int { st_mtim.tv_sec }
    fileprivate var lastChangeFraction: Int { st_mtim.tv_nsec }
    #endif
}
