/// The phases of a buildspec in the order in which CodeBuild runs them.
public enum PhaseName: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    /// Installing what the build needs.
    case install
    /// Before the build: logins.
    case preBuild = "pre_build"
    /// The build.
    case build
    /// After the build: packing and pushing.
    case postBuild = "post_build"

    /// The earlier phase first.
    public static func < (left: PhaseName, right: PhaseName) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
