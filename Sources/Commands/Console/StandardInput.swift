#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Standard input as a whole.
enum StandardInput {
    /// Everything up to its end; bytes that are not UTF-8 are replaced.
    static func readToEnd() -> String { String(decoding: readBytes(), as: UTF8.self) }

    /// Every byte up to its end.
    static func readBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
