#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Files that only their owner may read: folders 0700, files 0600, written whole or not at all.
public enum PrivateFiles {
    /// Makes `folder` and the folders above it; throws `system` where that is not possible.
    public static func makeFolder(_ folder: String) throws {
        var path = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            path += path.isEmpty || path.hasSuffix("/") ? String(part) : "/" + part
            if mkdir(path, 0o700) != 0, errno != EEXIST {
                throw failure("the folder \(folder) cannot be made")
            }
        }
    }

    /// Writes `text` to a new file beside `path`, brings it to the disk, then renames it: a kill leaves the old file or the new one.
    public static func write(_ text: String, to path: String) throws {
        let fresh = "\(path)\(freshMark)\(getpid())"
        let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(path) cannot be written") }
        do {
            try writeAll(Array(text.utf8), to: file, path: path)
            close(file)
        } catch {
            close(file)
            unlink(fresh)
            throw error
        }
        guard rename(fresh, path) == 0 else {
            let error = failure("\(path) cannot be replaced")
            unlink(fresh)
            throw error
        }
        syncFolder(of: path)
    }

    /// What stands between a file's name and the process in the name of a new file beside it.
    private static let freshMark = ".new-"

    /// Whether a file of this name is what ``write(_:to:)`` leaves beside `file` where it is killed. Both are names without
    /// their folder.
    public static func isLeftover(_ name: String, of file: String) -> Bool {
        let mark = file + freshMark
        guard name.hasPrefix(mark), name.utf8.count > mark.utf8.count else { return false }
        return name.utf8.dropFirst(mark.utf8.count).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Proves that `size` bytes can be written in `folder` and brought to the disk, and leaves nothing there; throws `system`.
    public static func prove(_ folder: String, size: Int) throws {
        let path = "\(folder)/.proof-\(getpid())"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(folder) cannot be written") }
        defer {
            close(file)
            unlink(path)
        }
        try writeAll([UInt8](repeating: UInt8(ascii: "\n"), count: size), to: file, path: folder)
    }

    /// Adds `text` at the end of `path` and brings it to the disk before it returns.
    public static func append(_ text: String, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(path) cannot be written") }
        defer { close(file) }
        try writeAll(Array(text.utf8), to: file, path: path)
    }

    /// The file's text; nil where there is no such file; throws `system` where it cannot be read.
    public static func read(_ path: String) throws -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("\(path) cannot be read")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Self.retrying { Int(systemRead(file, &buffer, buffer.count)) }
            guard count >= 0 else { throw failure("\(path) cannot be read") }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = retrying { rest.withUnsafeBytes { Int(systemWrite(file, $0.baseAddress, $0.count)) } }
            guard count > 0 else { throw failure("\(path) cannot be written") }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure("\(path) cannot be brought to the disk") }
    }

    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let file = open(folder, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }

    private static func failure(_ what: String) -> UnthrottleError {
        UnthrottleError(.system, "\(what): \(String(cString: strerror(errno)))")
    }
}

// `read` and `write` name the members above inside the enum; these reach the system's.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
