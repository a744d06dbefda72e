#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One open cache file, which is its own lock: the kernel drops that when its holder ends, however it ends.
struct CacheFile: ~Copyable {
    private static let longest = 64 << 10
    private let file: Int32

    init(_ file: Int32) { self.file = file }

    deinit { close(file) }

    /// Takes the lock if nobody holds it; it is given back with the file.
    func tryLock() -> Bool { flock(file, LOCK_EX | LOCK_NB) == 0 }

    /// All of it, also while another writes: a record that is not whole is none.
    func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.longest) { buffer, count in
            while count < buffer.count {
                let got = pread(file, buffer.baseAddress?.advanced(by: count), buffer.count - count, off_t(count))
                if got < 0, errno == EINTR { continue }
                if got <= 0 { break }
                count += got
            }
        }
    }

    /// Replaces all of it; only the lock's holder does. Says whether it worked.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        guard bytes.count < Self.longest, ftruncate(file, 0) == 0 else { return false }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(done)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                ftruncate(file, 0)
                return false
            }
            done += count
        }
        return true
    }
}
