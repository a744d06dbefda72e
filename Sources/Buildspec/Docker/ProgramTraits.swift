/// What a program's name alone says.
struct ProgramTraits: OptionSet, Hashable {
    let rawValue: UInt16

    /// It runs the program behind it: `sudo`, `env`, `timeout`.
    static let runner = ProgramTraits(rawValue: 1 << 0)
    static let shell = ProgramTraits(rawValue: 1 << 1)
    /// It runs its words as a command: `eval`.
    static let evaluator = ProgramTraits(rawValue: 1 << 2)
    /// It builds or tests with what the checkout tells it to do.
    static let builder = ProgramTraits(rawValue: 1 << 3)
    static let interpreter = ProgramTraits(rawValue: 1 << 4)
    /// `.` or `source`
    static let sourcing = ProgramTraits(rawValue: 1 << 5)
    static let packageManager = ProgramTraits(rawValue: 1 << 6)
    /// It has tasks that make images.
    static let imageMaker = ProgramTraits(rawValue: 1 << 7)
    /// Docker itself, or something that starts it, installs it or logs in to a registry.
    static let docker = ProgramTraits(rawValue: 1 << 8)
    /// The walk through the commands knows what it pulls.
    static let puller = ProgramTraits(rawValue: 1 << 9)
    /// The walk through the commands follows it itself: it changes the shell's variables, its folder or its logins, or is make.
    static let builtin = ProgramTraits(rawValue: 1 << 10)
    /// It may write a file that another command reads.
    static let writer = ProgramTraits(rawValue: 1 << 11)
    /// It hands a text to another shell: `su -c 'text'`, `cmd /c`.
    static let textRunner = ProgramTraits(rawValue: 1 << 12)
    /// It runs another program behind words of its own: `aws-vault exec prod -- make`.
    static let launcher = ProgramTraits(rawValue: 1 << 13)
    /// It ends the shell, a function or a loop.
    static let exit = ProgramTraits(rawValue: 1 << 14)

    /// Of a program of which only its path may tell something, none.
    static func of(_ name: String) -> ProgramTraits { all[name] ?? [] }

    private static let all: [String: ProgramTraits] = {
        var all: [String: ProgramTraits] = [:]
        for (traits, names) in lists {
            for name in names { all[name, default: []].insert(traits) }
        }
        return all
    }()

    private static let lists: [(ProgramTraits, [String])] = [
        (
            .runner,
            [
                "sudo", "doas", "env", "nohup", "exec", "command", "builtin", "time", "setsid", "then", "else", "do",
                "&", "nice", "ionice", "xargs", "stdbuf", "poetry", "pipenv", "uv", "pdm", "hatch", "rye", "doppler",
                "bundle", "timeout",
            ]
        ),
        (.shell, ["sh", "bash", "dash", "ash", "zsh", "ksh"]),
        (.evaluator, ["eval", "iex", "IEX", "Invoke-Expression", "invoke-expression"]),
        (
            .builder,
            [
                "make", "gmake", "npm", "npx", "yarn", "pnpm", "bun", "bunx", "pnpx", "uvx", "sam", "cdk", "gradle",
                "gradlew", "mvn", "mvnw", "ant", "sbt", "bazel", "bazelisk", "tox", "pytest", "rake", "task", "just",
                "invoke", "inv", "serverless", "sls", "amplify", "copilot", "skaffold", "pack", "act", "lerna", "nx",
                "turbo", "run-s", "run-p", "npm-run-all", "cargo", "go", "dotnet", "terraform", "ansible-playbook",
                "packer", "podman", "buildah",
                "skopeo", "crane", "nerdctl", "buildctl",
            ]
        ),
        (.interpreter, ["python", "python3", "python2", "node", "ruby", "perl", "php", "pwsh", "powershell"]),
        (.sourcing, [".", "source"]),
        (.packageManager, ["apt-get", "apt", "yum", "dnf", "microdnf", "apk", "zypper", "amazon-linux-extras"]),
        (.imageMaker, ["mvn", "mvnw", "gradle", "gradlew", "sbt", "bazel", "bazelisk", "pack", "ko"]),
        (
            .docker,
            [
                "docker", "docker-compose", "dockerd", "start-dockerd", "dockerd-entrypoint.sh", "dind",
                "get-docker.sh", "service", "systemctl", "rc-service", "unthrottle", "aws",
            ]
        ),
        (
            .puller,
            [
                "docker", "podman", "nerdctl", "finch", "docker-compose", "podman-compose", "kind", "minikube", "k3d",
                "buildctl", "pack", "skaffold", "earthly", "act", "dagger", "ko", "localstack", "testcontainers",
                "npm", "npx", "yarn", "pnpm", "bun", "run-s", "run-p", "npm-run-all", "buildah", "skopeo", "helm",
                "unthrottle", "executor", "kaniko", "sam",
            ] + ImageClient.names
        ),
        (
            .builtin,
            [
                "export", "declare", "local", "readonly", "typeset", "set", "shift", "unset", "cd", "pushd", "chdir",
                "Set-Location", "popd", "rm", "make", "gmake", "mapfile", "readarray",
            ]
        ),
        (
            .writer,
            [
                "cp", "mv", "tee", "install", "ln", "sed", "gsed", "yq", "curl", "wget", "Set-Content", "set-content",
                "Add-Content", "Out-File", "out-file",
            ]
        ),
        (.textRunner, ["su", "sg", "runuser", "script", "cmd", "CMD"]),
        (.launcher, Launcher.names),
        (.exit, ["exit", "return", "break", "continue"]),
    ]
}
