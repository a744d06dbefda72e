public import AWS
internal import Core

/// How a probe build is told from a project's own builds: by words in the buildspec that it was started with.
public enum ProbeBuild {
    /// The words.
    public static let mark = "A probe build of unthrottle"

    /// Whether a build is one.
    public static func isOne(_ build: CodeBuild.Build) -> Bool {
        build.source?.buildspec?.contains(mark) ?? false
    }
}
