internal import Core

/// The names of projects as a person gives them.
enum ProjectNames {
    /// Throws `usage` for a name that CodeBuild gives to no project (API_CreateProject: a letter or digit, then letters, digits,
    /// hyphens and underscores; 2 to 150 characters, and up to 255 in older accounts).
    static func check(_ names: [String]) throws {
        for name in names {
            guard !name.isEmpty else {
                throw UnthrottleError(
                    .usage, "a project's name is empty",
                    hint: "Is a variable of your script not set? `aws codebuild list-projects` lists the names.")
            }
            guard !name.hasPrefix("arn:") else {
                throw UnthrottleError(
                    .usage, "\(name.shownOnOneLine) is an ARN",
                    hint:
                        "Give the project's name, which is what stands after project/ in it; the Region with --region.")
            }
            let isKnownToCodeBuild = name.utf8.allSatisfy { ASCII.isName($0) || $0 == UInt8(ascii: "-") }
            guard isKnownToCodeBuild, name.utf8.count <= 255 else {
                throw UnthrottleError(
                    .usage, "\"\(name.shownOnOneLine)\" is no name of a CodeBuild project",
                    hint:
                        "Names are letters, digits, hyphens and underscores, up to 255; several are separated by blanks."
                )
            }
        }
    }
}

extension String {
    /// Without line breaks and control characters, cut to what a message bears.
    fileprivate var shownOnOneLine: String {
        let shown = unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7f ? "\u{fffd}" : String($0) }
        return shown.joined() + (unicodeScalars.count > 80 ? "…" : "")
    }
}
