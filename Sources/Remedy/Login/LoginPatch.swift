internal import Buildspec

/// The line that a person adds to a buildspec which this program cannot reach.
enum LoginPatch {
    /// What to do with a buildspec that nobody has seen: the line and its place, and the command that finds the place.
    static func text(path: String, shell: BuildShell = .sh) -> String {
        """
        Put this line into \(path), before the first command that uses docker, and after the daemon is up where the file starts it:

              - \(LoginCommand.text(for: shell))

        In a checkout of the source, unthrottle patch --write \(path) does it.
        """
    }
}
