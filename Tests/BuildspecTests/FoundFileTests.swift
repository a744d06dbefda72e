import Testing

@testable import Buildspec

@Suite("Files that are found in a folder")
struct FoundFileTests {
    private static let real = "FROM a:1\nRUN echo '{{ .State }}'\n"

    static let table: [(path: String, text: String, kind: SourceKind?)] = [
        ("Dockerfile", real, .dockerfile), ("a/dockerfile", real, .dockerfile), ("Dockerfile.prod", real, .dockerfile),
        ("prod.Dockerfile", real, .dockerfile), ("Dockerfile-dev", real, .dockerfile),
        ("Dockerfile_dev", real, .dockerfile),
        ("DockerfileDev", real, .dockerfile), ("app.Containerfile", real, .dockerfile),
        ("Dockerfile.go", real, .dockerfile),
        ("Dockerfile.prod", "ARG B\nARG T\nFROM $B\nFROM b:$T\n", .dockerfile),
        // A Dockerfile that is broken is told; what is only called like one is not.
        ("Dockerfile", "FRUM a:1\n", .dockerfile), ("Containerfile", "", .dockerfile),
        ("Dockerfile.prod", "FRUM a:1\n", nil),
        ("lint-dockerfile", "#!/bin/sh\nset -e\n", nil), ("dockerfile.snippets", "snippet FROM\n\tFROM $1\n", nil),
        ("dockerfile.nix", "{ pkgs }: pkgs\n", nil), ("dockerfile.md", "# Title\n\nFROM here on\n", nil),
        ("dockerfile-notes.md", "From now on\nwe build.\n", nil), ("dockerfile.csproj", "<Project/>\n", nil),
        // Templates, whatever fills them.
        ("app.dockerfile.j2", "FROM {{ base }}\n", nil),
        ("Dockerfile.j2", "FROM a:{{ v }}\n{% if x %}\nRUN y\n{% endif %}\n", nil),
        ("Dockerfile.tt", "ARG V=<%= v %>\nFROM a:$V\n", nil), ("Dockerfile.tmpl", "FROM {{.Base}}\n", nil),
        ("Dockerfile.template", "FROM %%BASE%%\nRUN x\n", nil), ("{{name}}/Dockerfile", "FROM {{base}}\n", nil),
        ("{{name}}/Dockerfile", "FROM a:1\n{%- if x %}\nRUN y\n{%- endif %}\n", nil),
        ("compose.yml", "services: {a: {image: b}}\n", .compose), ("buildspec.yml", "phases: {}\n", .buildspec),
    ]

    @Test("a Dockerfile is one by what it says, and no template", arguments: table.indices)
    func kinds(_ index: Int) {
        let (path, text, kind) = Self.table[index]
        #expect(SourceKind(foundAt: path, text: text) == kind, "\(path)")
        if kind != nil { #expect(SourceKind.isCandidate(path)) }
    }

    @Test("one that is named is told what is wrong with it")
    func named() {
        #expect(SourceKind(path: "Dockerfile.prod", text: "FRUM a:1\n") == .dockerfile)
        #expect(SourceKind(path: "Dockerfile.j2", text: "FROM {{ base }}\n") == .dockerfile)
        let named = Linter.report(on: "FRUM a", path: "x.Dockerfile", place: "x.Dockerfile", in: .empty)
        #expect(named.error?.message.contains("unknown instruction: FRUM") == true)
        let found = Linter.report(on: "FRUM a", path: "x.Dockerfile", place: "x.Dockerfile", in: .empty, isFound: true)
        #expect(found.kind == nil)
    }
}
