internal import Core

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A docker engine's socket on this machine: one GET at a time (Docker Engine API), and which process serves it.
struct EngineSocket {
    let path: String

    /// The socket of a DOCKER_HOST value; throws `refused` for an engine that is not of this machine.
    init(host: String) throws {
        guard host.hasPrefix("unix://") else {
            throw UnthrottleError(
                .refused, "DOCKER_HOST is \(host), not an engine of this machine",
                hint: "Use an engine with a unix:// socket.")
        }
        path = String(host.dropFirst("unix://".count))
    }

    /// The answer's body as JSON; throws `system` where no engine answers within 30 seconds.
    func get(_ target: String) throws -> JSON {
        let file = try connected()
        defer { close(file) }
        let request = Array("GET \(target) HTTP/1.0\r\nHost: docker\r\n\r\n".utf8)
        guard write(file, request, request.count) == request.count else { throw silent() }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count >= 0, answer.count < 1 << 20 else { throw silent() }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        guard let body = String(decoding: answer, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1).last else {
            throw silent()
        }
        return try JSON(parsing: String(body))
    }

    /// The process behind the socket; nil where the system does not say.
    func server() throws -> Int32? {
        let file = try connected()
        defer { close(file) }
        var credentials = PeerCredentials()
        var size = socklen_t(MemoryLayout<PeerCredentials>.size)
        guard getsockopt(file, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return nil }
        return credentials.pid
    }

    /// Linux's `struct ucred` (unix(7)), which the C library hides from Swift.
    private struct PeerCredentials {
        var pid: pid_t = 0
        var uid: uid_t = 0
        var gid: gid_t = 0
    }

    private func connected() throws -> Int32 {
        let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw silent() }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            let bytes = Array(path.utf8)
            guard bytes.count < place.count else { return false }
            place.copyBytes(from: bytes)
            return true
        }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(file, $0, size) }
        }
        guard fits, result == 0 else {
            close(file)
            throw silent()
        }
        return file
    }

    private func silent() -> UnthrottleError {
        UnthrottleError(
            .system, "no docker engine answers at unix://\(path)",
            hint: "Start dockerd, or set DOCKER_HOST to the right socket.")
    }
}
