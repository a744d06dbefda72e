/// The article's login command, in the words of each shell.
public enum LoginCommand {
    /// The variable that holds the Docker Hub user name.
    public static let usernameVariable = "DOCKERHUB_USERNAME"
    /// The variable that holds the access token or password.
    public static let passwordVariable = "DOCKERHUB_PASSWORD"

    /// The command; none of them puts the password into a process's arguments.
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
}
