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
        if word.lowercased().hasPrefix("$env:") || word.hasPrefix(".\\") || word.hasPrefix("..\\") { return true }
        let scripts = [".ps1", ".bat", ".cmd", ".exe", ".py", ".msi", ".zip", ".dll", ".sln", ".csproj"]
        if word.contains("\\"), scripts.contains(where: word.lowercased().hasSuffix) { return true }
        let verbs = [
            "Add", "Copy", "Expand", "Get", "Import", "Install", "Invoke", "Join", "Move", "New", "Out", "Remove",
            "Rename",
            "Resolve", "Select", "Set", "Start", "Stop", "Test", "Write",
        ]
        let parts = word.split(separator: "-", maxSplits: 1)
        return parts.count == 2 && verbs.contains(String(parts[0])) && parts[1].first?.isUppercase == true
            && parts[1].allSatisfy(\.isLetter)
    }

    /// What neither PowerShell nor cmd takes.
    private static func isPosixWord(_ word: Substring) -> Bool {
        ["export", "fi", "then", "[", "[[", "done", "esac", "chmod", "sudo", "apt-get", "yum", "/dev/null"].contains(
            word)
            || word.hasPrefix("./") || word.hasPrefix("/usr/") || word.hasSuffix(".sh")
    }
}
