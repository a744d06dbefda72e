/// What is put into a buildspec so that the pulls behind it are counted to an account.
public enum LoginMeans: String, Sendable, Hashable, CaseIterable {
    /// The article's: `docker login` with two variables of the project.
    case login
    /// The credential helper, which docker then asks at each pull.
    case helper
}

/// The command that is put in, in the words of each shell.
public enum LoginCommand {
    /// The article's login; in no shell is the password an argument of a process.
    public static func text(for shell: BuildShell, with variables: LoginVariables = .usual) -> String {
        let (username, password) = (variables.username, variables.password)
        return switch shell {
        case .sh, .bash: #"echo "${\#(password)}" | docker login -u "${\#(username)}" --password-stdin"#
        case .powershell: "$env:\(password) | docker login -u $env:\(username) --password-stdin"
        case .cmd: "echo %\(password)%| docker login -u %\(username)% --password-stdin"
        }
    }

    /// The same where the shell prints each command with its values before it runs: no word of it has the password for a value.
    public static func traced(with variables: LoginVariables = .usual) -> String {
        #"printenv \#(variables.password) | docker login -u "${\#(variables.username)}" --password-stdin"#
    }

    /// The command of a means.
    public static func text(
        _ means: LoginMeans, for shell: BuildShell, with variables: LoginVariables = .usual, isTraced: Bool = false
    ) -> String {
        switch means {
        case .login: isTraced && shell.isPosix ? traced(with: variables) : text(for: shell, with: variables)
        case .helper: "unthrottle helper install"
        }
    }
}
