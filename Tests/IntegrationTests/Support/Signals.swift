#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Signals to processes that a test started.
enum Signals {
    /// SIGKILL.
    static func kill(_ process: Int32) { _ = send(process, SIGKILL) }
}

private func send(_ process: Int32, _ signal: Int32) -> Int32 { kill(process, signal) }
