internal import Core

/// Programs of which nothing is known but what stands behind them.
extension Program {
    /// Whether what its name or path is tells that it neither pulls, nor changes what the shell knows, nor leads elsewhere. The
    /// only thing of the AWS CLI that does is its old ECR login, in a substitution.
    var isPlain: Bool {
        guard let first = words.first, traits.isEmpty || name == "aws" && words.dropFirst().first?.text != "s3" else {
            return false
        }
        if name == "find", words.contains(where: { $0.text.hasPrefix("-exec") }) { return false }
        return !mayDelegate(first) && !hasCommandWord && name?.contains("retry") != true
    }

    /// What a program runs that is known to run another one, or of which nothing else is known than that it tries again, or that a
    /// docker command line stands behind it: `retry 3 make images`, `my-env docker build .`; nil where there is none.
    var wrapped: Program? {
        if traits.isEmpty, let name, name.contains("retry") {
            let rest = words.dropFirst().drop { $0.text.hasPrefix("-") || $0.text.utf8.allSatisfy(ASCII.isDigit) }
            return rest.isEmpty ? nil : Program(rest)
        }
        if traits.contains(.launcher), let launched { return launched }
        guard traits.isEmpty || traits == .launcher, let name, let start = dockerWord, start + 1 < words.endIndex,
            Self.verbs.contains(words[start + 1].text),
            !Self.talkers.contains(name) || name == "find" && words[start - 1].text.hasPrefix("-exec")
        else { return nil }
        return Program(words[start...])
    }

    /// What stands behind `--`, where nothing is known of the program: make, or what may be a script of the checkout.
    var behindDashes: Program? {
        guard traits.isEmpty, let name, let dashes = words.firstIndex(where: \.isDashes), dashes + 1 < words.endIndex,
            !Self.talkers.contains(name), delegation() == nil
        else { return nil }
        let program = Program(words[(dashes + 1)...])
        return program.name == "make" || program.words.first?.text.utf8.contains(UInt8(ascii: "/")) == true
            ? program : nil
    }

    /// Whether a word stands in it that may begin another program's command line.
    private var hasCommandWord: Bool {
        for word in words.dropFirst() {
            switch word.text.utf8.count {
            case 2 where word.text == "--", 6 where word.text == "docker", 14 where word.text == "docker-compose":
                return true
            default: continue
            }
        }
        return false
    }

    private var dockerWord: Int? {
        words.indices.dropFirst().first { words[$0].isDocker }
    }

    private static let verbs: Set = [
        "build", "buildx", "pull", "run", "create", "compose", "login", "image", "container", "manifest", "bake", "up",
    ]
    /// Programs that take words and run none of them, or not here.
    private static let talkers: Set = [
        "echo", "printf", "Write-Host", "Write-Output", "say", "logger", "grep", "egrep", "sed", "awk", "jq", "yq",
        "which", "type", "whereis", "man", "help", "test", "[", "[[", ":", "true", "false", "cat", "ls", "alias",
        "trap",
        "pip", "pip3", "pipx", "brew", "choco", "snap", "winget", "gem", "git", "mkdir", "chmod", "chown", "kill",
        "pkill", "pgrep", "usermod", "groupadd", "curl", "wget", "if", "foreach", "throw", "return", "exit", "cmp",
        "ssh", "sshpass", "plink", "mosh", "pdsh", "kubectl", "oc", "gcloud", "az", "docker-machine", "multipass",
        "lxc",
        "vagrant", "ansible", "salt", "heroku", "fly", "eb", "ecs-cli",
        "zip", "unzip", "7z", "tar", "touch", "du", "find", "stat", "file", "wc", "head", "tail", "diff", "tree",
        "rsync",
        "scp", "eslint", "prettier", "black", "flake8", "ruff", "mypy", "hadolint", "shellcheck", "yamllint", "shfmt",
        "dos2unix", "unix2dos", "sha256sum", "md5sum", "gzip", "sort", "less", "more", "basename", "dirname",
        "realpath",
        "readlink", "getopt", "rg", "ag", "ack", "fd", "flyctl", "tsh", "doctl", "nomad", "incus",
    ]
}

extension ShellWord {
    fileprivate var isDocker: Bool {
        let length = text.utf8.count
        return length == 6 && text == "docker" || length == 14 && text == "docker-compose"
    }

    fileprivate var isDashes: Bool { text.utf8.count == 2 && text == "--" }
}
