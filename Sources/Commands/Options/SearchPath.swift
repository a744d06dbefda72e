internal import Core
internal import FoundationEssentials

/// Programs on the search path.
enum SearchPath {
    /// A program's path, looked for in the usual folders where PATH is not set; nil where the search path has none of that name.
    static func find(_ name: String, _ variables: EnvironmentVariables) -> String? {
        (variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
