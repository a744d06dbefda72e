#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension EnvironmentVariables {
    /// This process's variables. A program's beginning is the only place that reads them.
    public static func ofThisProcess() -> EnvironmentVariables {
        var all: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { all[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return EnvironmentVariables(all)
    }
}

/// What this is a version of.
public enum Release {
    /// The version of both programs.
    public static let version = "0.1.0"
}
