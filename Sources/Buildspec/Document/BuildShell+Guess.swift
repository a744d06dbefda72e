extension BuildShell {
    /// The shell that a document's commands are written for, where neither the file nor the platform names one: a Linux shell,
    /// unless the commands use what only Windows has and nothing that only a POSIX shell has.
    init(guessedFrom document: BuildspecDocument) {
        var words: [Substring] = []
        for phase in document.phases {
            for command in phase.commands + phase.finally {
                words += command.text.split(whereSeparator: \.isWhitespace)
            }
        }
        let isWindows = words.contains(where: Self.isWindowsWord)
        self = isWindows && !words.contains(where: Self.isPosixWord) ? .powershell : .sh
    }

    /// `$env:PATH`, `Set-Location`, `.\run.bat`, `tools\install.py`, `C:\Temp`
    private static func isWindowsWord(_ word: Substring) -> Bool {
        let lower = word.lowercased()
        if lower.hasPrefix("$env:") || word.hasPrefix(".\\") || word.hasPrefix("..\\") { return true }
        if ["choco", "powershell", "powershell.exe", "cmd.exe", "python.exe"].contains(lower) || lower.hasSuffix(".ps1")
        {
            return true
        }
        let scripts = [".ps1", ".bat", ".cmd", ".exe", ".py", ".msi", ".zip", ".dll", ".sln", ".csproj"]
        if word.contains("\\"), scripts.contains(where: word.lowercased().hasSuffix) { return true }
        let verbs = [
            "add", "copy", "expand", "get", "import", "install", "invoke", "join", "move", "new", "out", "remove",
            "rename", "resolve", "select", "set", "start", "stop", "test", "write",
        ]
        let parts = word.split(separator: "-", maxSplits: 1)
        let isVerb = parts.count == 2 && verbs.contains(parts[0].lowercased()) && parts[1].allSatisfy(\.isLetter)
        return isVerb && (parts[1].first?.isUppercase == true || nouns.contains(String(parts[1])))
    }

    /// Those of a cmdlet in lower case; `set-cookie` and `install-deps` are none.
    private static let nouns: Set = [
        "childitem", "content", "location", "item", "output", "host", "executionpolicy", "webrequest", "object",
    ]

    /// What neither PowerShell nor cmd takes.
    private static func isPosixWord(_ word: Substring) -> Bool {
        ["export", "fi", "then", "[", "[[", "done", "esac", "chmod", "sudo", "apt-get", "yum", "/dev/null", "pwsh"]
            .contains(
                word)
            || word.hasPrefix("/usr/") || word.hasSuffix(".sh")
    }
}
