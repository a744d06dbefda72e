/// What a file's name says about whether it is a Dockerfile.
enum DockerfileName {
    /// `Dockerfile`, `Containerfile`: it is one.
    case exact
    /// `Dockerfile.prod`, `prod.Dockerfile`, `prod-Dockerfile`: it is one where a person names it. In a folder there are scripts and
    /// data of such names, too.
    case certain
    /// `Dockerfile.go`, `dockerfile-notes.md`: a Dockerfile for Go, or Go source about Dockerfiles. The content tells.
    case likely
    /// Nothing.
    case none

    /// Endings of files that are seldom Dockerfiles, and those of templates, which are seldom whole ones.
    private static let otherEndings: Set = [
        "adoc", "bak", "bash", "bat", "c", "cc", "cfg", "cmd", "cpp", "cs", "css", "csv", "ejs", "erb", "erl", "ex",
        "exs",
        "go", "gotmpl", "groovy", "h", "hbs", "hcl", "hs", "html", "in", "ini", "j2", "java", "jinja", "jinja2", "jpg",
        "js",
        "json", "jsx", "kt", "lock", "log", "lua", "md", "ml", "mustache", "orig", "patch", "pdf", "php", "pl", "png",
        "ps1",
        "py", "rb", "rej", "rs", "rst", "sample", "scala", "sh", "snap", "sql", "svg", "swift", "swp", "template", "tf",
        "tmpl", "toml", "tpl", "ts", "tsx", "txt", "vim", "xml", "yaml", "yml",
    ]

    /// `name` is the last part of a path in lower case.
    init(_ name: String) {
        let stems = ["dockerfile", "containerfile"]
        guard stems.contains(where: { name.contains($0) }), !name.hasSuffix("ignore"), !name.hasSuffix("~") else {
            self = .none
            return
        }
        if stems.contains(name) {
            self = .exact
            return
        }
        let parts = name.split(separator: ".").map(String.init)
        let isPart = parts.contains { part in
            stems.contains { part == $0 || part.hasSuffix("_" + $0) || part.hasSuffix("-" + $0) }
        }
        self = isPart && !Self.otherEndings.contains(parts.last ?? "") ? .certain : .likely
    }
}
