/// What is put into a buildspec so that the pulls behind it are counted to an account.
public enum LoginMeans: String, Sendable, Hashable, CaseIterable {
    /// The article's: `docker login` with two variables of the project.
    case login
    /// The credential helper, which docker then asks at each pull.
    case helper
}

/// The command that is put in, in the words of each shell.
public enum LoginCommand {
    /// The variable that holds the Docker Hub user name.
    public static let usernameVariable = "DOCKERHUB_USERNAME"
    /// The variable that holds the access token or password.
    public static let passwordVariable = "DOCKERHUB_PASSWORD"

    /// The article's login; in no shell is the password an argument of a process.
    public static func text(for shell: BuildShell) -> String {
        switch shell {
        case .sh, .bash:
            #"echo "${\#(passwordVariable)}" | docker login -u "${\#(usernameVariable)}" --password-stdin"#
        case .powershell:
            "$env:\(passwordVariable) | docker login -u $env:\(usernameVariable) --password-stdin"
        case .cmd:
            "echo %\(passwordVariable)%| docker login -u %\(usernameVariable)% --password-stdin"
        }
    }

    /// The same where the shell prints each command with its values before it runs: no word of it has the password for a value.
    public static let traced =
        #"printenv \#(passwordVariable) | docker login -u "${\#(usernameVariable)}" --password-stdin"#

    /// The command of a means.
    public static func text(_ means: LoginMeans, for shell: BuildShell, isTraced: Bool = false) -> String {
        switch means {
        case .login: isTraced && shell.isPosix ? traced : text(for: shell)
        case .helper: "unthrottle helper install"
        }
    }
}
