internal import Core
internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is written under a name of its own and takes its place only when it is whole.
struct BlobFile: ~Copyable {
    private let path: String
    private let part: String
    private let descriptor: Int32
    private var isInPlace = false

    /// Begins a file; `part` is the name that it has until it is whole, in the same folder as `path`.
    init(_ path: String, part: String) throws {
        (self.path, self.part) = (path, part)
        descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("\(part) cannot be written") }
    }

    /// Adds bytes; throws `system`, on a full disk for one.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = systemWrite(descriptor, rest.baseAddress, rest.count)
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                throw Self.failure("\(part) cannot be written")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Brings the bytes to the disk and the file to its place.
    mutating func finish() throws {
        guard fsync(descriptor) == 0, rename(part, path) == 0 else {
            throw Self.failure("\(path) cannot be brought to the disk")
        }
        isInPlace = true
    }

    /// A file that was not finished leaves nothing.
    deinit {
        close(descriptor)
        if !isInPlace { unlink(part) }
    }

    /// A regular file's size in bytes; nil where there is none.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// A file's bytes; nil where there is none or it is longer than `most`.
    static func read(_ path: String, most: Int) -> [UInt8]? {
        guard let size = size(of: path), size <= most else { return nil }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < size {
            let count = systemRead(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func failure(_ what: String) -> UnthrottleError {
        UnthrottleError(.system, "\(what): \(String(cString: strerror(errno)))")
    }
}

// `read` and `write` name the members above inside the type; these reach the system's.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}
private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(file, buffer, count) }
