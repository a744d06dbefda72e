import Testing

@testable import Buildspec

@Suite("What a build pulls in the shells of Windows")
struct WindowsShellTests {
    typealias Case = PullSurveyTests.Case

    static func survey(_ shell: String, _ commands: String, _ files: [String: String]) throws -> PullSurvey {
        try PullSurveyTests.survey(commands, files, head: "env: {shell: \(shell)}\n")
    }

    /// As the tests of other shells write them; here the first command stands a line lower.
    static func words(_ survey: PullSurvey) -> [String] {
        PullSurveyTests.words(survey, head: 6)
    }

    static let powershellLogin = "$env:P | docker login -u $env:U --password-stdin"

    static let powershellCases = [
        Case(
            name: "a login in a branch is none",
            commands: "if ($env:CI) { \(powershellLogin) }\ndocker pull a:1\nif ($env:CI) {\n  echo a\n}\nelse {\n  "
                + "\(powershellLogin)\n  docker pull b:1\n}\ndocker pull c:1",
            pulls: ["2 a:1 certain", "8 b:1 likely +", "10 c:1 certain"]),
        Case(
            name: "a login in each branch is one",
            commands: "if ($a -eq (1)) { \(powershellLogin) } elseif (Test-Path x) { \(powershellLogin) } else { "
                + "\(powershellLogin) }\ndocker pull a:1",
            pulls: ["2 a:1 certain +"]),
        Case(
            name: "functions run where they are called",
            commands: "function Login($a) { \(powershellLogin) }\ndocker pull a:1\nLogin\ndocker pull b:1\n"
                + "function Other {\n  param([string]$x = \"(\")\n  docker pull c:1\n}",
            pulls: ["2 a:1 certain", "4 b:1 certain +", "7 c:1 unknown +"]),
        Case(
            name: "arms of switch, try and catch",
            commands: "switch -Regex ($x) {\n  'a' { docker pull a:1; break }\n  default { docker pull b:1 }\n}\n"
                + "try { docker pull c:1 } catch [Exception] { docker pull d:1 } finally { docker pull e:1 }\n"
                + "docker pull f:1",
            pulls: [
                "2 a:1 likely", "3 b:1 likely", "5 c:1 certain", "5 d:1 likely", "5 e:1 certain", "6 f:1 certain",
            ]),
        Case(
            name: "values from branches", commands: "if ($x) { $t = '1' } else { $t = '2' }\ndocker pull a:$t",
            pulls: ["2 a:1 likely", "2 a:2 likely"]),
        Case(
            name: "loops",
            commands: "foreach ($i in @(\"a:1\",'b:1')) { docker pull $i }\nforeach ($i in $list) { docker pull $i }\n"
                + "do { docker pull c:1 } while ($false)\nwhile ($x) { docker pull d:1 }\n"
                + "for ($i = 0; $i -lt 3; $i++) { docker pull e:1 }\n'f' | ForEach-Object { docker pull f:1 }",
            pulls: [
                "1 a:1 certain", "1 b:1 certain", "2 $i unknown", "3 c:1 certain", "4 d:1 likely", "5 e:1 certain",
                "6 f:1 certain",
            ]),
        Case(
            name: "comments", commands: "<#\ndocker pull a:1\n#> docker pull b:1\n# docker pull c:1",
            pulls: ["3 b:1 certain"]),
        Case(
            name: "folders", commands: "Push-Location svc\ndocker build .\nPop-Location\nsl web\ndocker build .",
            files: ["svc/Dockerfile": "FROM a:1", "web/Dockerfile": "FROM b:1", "Dockerfile": "FROM c:1"],
            pulls: ["2 a:1 certain", "5 b:1 certain"]),
        Case(
            name: "docker with words that something else hands over",
            commands: "Start-Process docker -ArgumentList \"pull\",\"a:1\" -Wait\n"
                + "Start-Process -FilePath docker -ArgumentList 'pull b:1'\nStart-Process docker\ndocker @a",
            pulls: ["1 a:1 certain", "2 b:1 certain", "3 ? unknown", "4 ? unknown"]),
        Case(
            name: "an early end",
            commands: "if (-not $env:P) { exit 0 }\n\(powershellLogin)\ndocker pull a:1\nexit 0\n"
                + "docker pull b:1",
            pulls: ["3 a:1 likely +"]),
        Case(
            name: "a script's parameters",
            commands: "$v = '2'\n.\\x.ps1 -Verbose -Image a:1 -Tag $v\ndocker pull b:$Tag",
            files: ["x.ps1": "param([string]$Image, $Tag = '1')\ndocker pull $Image\ndocker pull c:$Tag"],
            pulls: ["2 a:1 certain", "2 c:2 certain", "3 b:$Tag likely"]),
        Case(
            name: "a script", commands: ".\\x.ps1\ndocker pull b:1",
            files: ["x.ps1": "if ($env:CI) { \(powershellLogin) }\ndocker pull a:1"],
            pulls: ["1 a:1 certain", "2 b:1 certain"]),
    ]

    static let cmdLogin = "docker login -u %U% -p %P%"

    static let cmdCases = [
        Case(
            name: "scripts that are called",
            commands: "call x.bat\nCALL .\\ci\\y.bat\ncall gone.bat\ncmd.exe /c .\\ci\\y.bat",
            files: ["x.bat": "docker pull a:1", "ci/y.bat": "@docker pull b:1"],
            pulls: ["1 a:1 certain", "2 b:1 certain", "3 ? unknown", "4 b:1 certain"]),
        Case(
            name: "comments and labels",
            commands: "rem docker pull a:1\nREM docker pull a:1 & docker pull b:1\n@rem docker pull c:1\n"
                + ":: docker pull d:1\n:end\ndocker pull e:1",
            pulls: ["6 e:1 certain"]),
        Case(
            name: "a command behind if",
            commands: "if exist Dockerfile docker pull a:1\nif not defined X docker pull b:1\n"
                + "IF /I \"%A%\"==\"x y\" docker pull c:1\nif %A% == 1 docker pull d:1\nif %A% GEQ 1 docker pull e:1\n"
                + "if exist x (docker pull f:1) else docker pull g:1\ndocker pull h:1",
            pulls: [
                "1 a:1 likely", "2 b:1 likely", "3 c:1 likely", "4 d:1 likely", "5 e:1 likely", "6 f:1 likely",
                "6 g:1 likely", "7 h:1 certain",
            ]),
        Case(
            name: "a login in a block",
            commands: "if defined DH (\n  \(cmdLogin)\n  docker pull a:1\n)\ndocker pull b:1\nif defined DH (\n  "
                + "\(cmdLogin)\n) else if exist x (\n  \(cmdLogin)\n) else (\n  \(cmdLogin)\n)\ndocker pull c:1",
            pulls: ["3 a:1 likely +", "5 b:1 certain", "13 c:1 certain +"]),
        Case(
            name: "blocks of their own, and in each other",
            commands: "(\n  docker pull a:1\n)\nif exist x (\n  if exist y (docker pull b:1)\n  docker pull c:1\n)\n"
                + "echo (x) & docker pull d:1\nfor %%i in (1 2) do docker pull e:1",
            pulls: ["2 a:1 certain", "5 b:1 likely", "6 c:1 likely", "8 d:1 certain", "9 e:1 certain"]),
        Case(
            name: "variables", commands: "SET IMG=a:1\ndocker pull %IMG%\nset \"T=2\"\nDocker pull b:%T%",
            pulls: ["2 a:1 certain", "4 b:2 certain"]),
        Case(
            name: "an early end",
            commands: "if not defined P exit /b 0\n\(cmdLogin)\ndocker pull a:1\n"
                + "if exist x exit /b 1\ndocker pull b:1\nexit /b 0\ndocker pull c:1",
            pulls: ["3 a:1 likely +", "5 b:1 likely +"]),
    ]

    @Test("PowerShell", arguments: powershellCases)
    func powershell(_ sample: Case) throws {
        #expect(Self.words(try Self.survey("powershell.exe", sample.commands, sample.files)) == sample.pulls)
    }

    @Test("cmd.exe", arguments: cmdCases)
    func cmd(_ sample: Case) throws {
        #expect(Self.words(try Self.survey("cmd.exe", sample.commands, sample.files)) == sample.pulls)
    }

    @Test("the same in a .bat that a Linux shell's buildspec names")
    func batchFile() throws {
        let survey = try PullSurveyTests.survey(
            "cmd /c x.bat\ndocker pull b:1", ["x.bat": "if defined DH (\n\(Self.cmdLogin)\n)\ndocker pull a:1"])
        #expect(PullSurveyTests.words(survey) == ["1 a:1 certain", "2 b:1 certain"])
    }
}
