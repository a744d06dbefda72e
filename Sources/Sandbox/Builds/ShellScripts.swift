internal import Buildspec

/// The shell texts that give commands CodeBuild's semantics.
///
/// One driver shell per build runs each command in a fresh shell. In version 0.2 the fresh shell begins with the
/// variables, the exports and the folder that the last one ended with; in 0.1 with those of the build. So `exit` in a
/// command ends that command alone.
struct ShellScripts: Sendable {
    let state: String
    let version: BuildspecDocument.Version

    /// Reads names of scripts from its input, runs each, and answers with its exit status. Its end of input is the
    /// runner's death.
    static let driver = """
        while IFS= read -r name; do "$2" "$1/$name.sh" </dev/null >>"$1/output" 2>&1; echo "$?"; done
        """

    /// Names that a shell sets itself, some of them read-only.
    private static let shellNames =
        "^(_|BASH[A-Z_]*|DIRSTACK|EUID|FUNCNAME|GROUPS|LINENO|PIPESTATUS|PPID|RANDOM|SECONDS|SHELLOPTS|UID"
        + "|UNTHROTTLE_STATUS)="

    /// The variables that the first command finds, as a text to be sourced.
    static func exports(_ variables: [String: String]) -> String {
        variables.filter { BuildVariables.isShellName($0.key) }.sorted { $0.key < $1.key }
            .map { "export \($0.key)=\(quoted($0.value))\n" }.joined()
    }

    /// The script around one command, whose text stands in a file of its own so that it is parsed as it is.
    func command(file: String) -> String {
        let environment = Self.quoted("\(state)/environment")
        let restore = ". \(environment)\n. \(Self.quoted("\(state)/phase"))\n"
        guard version == .sharedShell else { return restore + ". \(Self.quoted(file))\n" }
        return """
            unthrottle_save() {
                UNTHROTTLE_STATUS=$?
                set | PATH=/usr/bin:/bin grep -v -E \(Self.quoted(Self.shellNames)) >\(environment).new
                export -p >>\(environment).new
                PATH=/usr/bin:/bin mv -f \(environment).new \(environment)
                exit "$UNTHROTTLE_STATUS"
            }
            trap unthrottle_save EXIT
            \(restore)cd -- "$PWD" 2>/dev/null
            . \(Self.quoted(file))

            """
    }

    /// A script that writes variables into files of their names.
    func export(_ names: [String], into folder: String) -> String {
        ". \(Self.quoted("\(state)/environment"))\n"
            + names.filter(BuildVariables.isShellName).map {
                "[ -z \"${\($0)+set}\" ] || printf %s \"$\($0)\" >\(Self.quoted("\(folder)/\($0)"))\n"
            }.joined()
    }

    /// A word that any POSIX shell reads as this text.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
