#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Follows a file to which commands print, line by line.
///
/// A file and not a pipe: a program that a command leaves behind keeps its output open, and must not keep the build
/// waiting.
actor OutputTail {
    private let path: String
    private var offset = 0
    private var rest: [UInt8] = []

    init(path: String) { self.path = path }

    /// The lines that are whole by now; with `all`, what has no line end yet too.
    func read(all: Bool = false) -> [String] {
        rest += news()
        var lines: [String] = []
        while let end = rest.firstIndex(of: 0x0A) {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeSubrange(...end)
        }
        if all, !rest.isEmpty {
            lines.append(String(decoding: rest, as: UTF8.self))
            rest = []
        }
        return lines
    }

    private func news() -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(file, &buffer, buffer.count, off_t(offset))
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            offset += count
        }
    }
}
