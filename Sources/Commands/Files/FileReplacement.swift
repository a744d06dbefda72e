internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Puts a new text in the place of a file: the whole of it or nothing, with the file's mode and owner kept.
enum FileReplacement {
    /// Writes beside the file, brings it to the disk and renames it; a link is followed, and stays a link. Throws `system`;
    /// the file is then as it was.
    static func write(_ text: String, to path: String) throws {
        guard let resolved = realpath(path, nil) else { throw failure("\(path) cannot be found") }
        let target = String(cString: resolved)
        free(resolved)
        var status = stat()
        guard stat(target, &status) == 0 else { throw failure("\(path) cannot be read") }

        let fresh = "\(target).new-\(getpid())"
        let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(path) cannot be replaced") }
        do {
            defer { close(file) }
            try fill(file, Array(text.utf8), like: status, path: path)
            guard rename(fresh, target) == 0 else { throw failure("\(path) cannot be replaced") }
        } catch {
            unlink(fresh)
            throw error
        }
    }

    private static func fill(_ file: Int32, _ bytes: [UInt8], like status: stat, path: String) throws {
        var own = stat()
        guard fstat(file, &own) == 0 else { throw failure("\(path) cannot be replaced") }
        if own.st_uid != status.st_uid || own.st_gid != status.st_gid {
            guard fchown(file, status.st_uid, status.st_gid) == 0 else {
                throw failure("\(path) cannot be replaced without a change of its owner")
            }
        }
        guard fchmod(file, status.st_mode & 0o7777) == 0 else { throw failure("\(path) cannot keep its mode") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("\(path) cannot be written") }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure("\(path) cannot be brought to the disk") }
    }

    private static func failure(_ what: String) -> UnthrottleError {
        UnthrottleError(.system, "\(what): \(String(cString: strerror(errno)))")
    }
}

// `write` names the member above; this reaches the system's.
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
