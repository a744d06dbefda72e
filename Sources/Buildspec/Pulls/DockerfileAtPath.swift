/// What `docker build` finds where it looks for a Dockerfile.
struct DockerfileAtPath {
    /// The context as written: a folder, `-`, or a URL.
    let context: String?
    /// `-f` as written, seen from `fileFolder`.
    let file: String?
    /// Where the command stands.
    let folder: String
    /// From where `file` counts: the command's folder for docker, the context for compose.
    var fileIsInContext = false

    /// The pulls of the build; a Dockerfile that is not there, or cannot be read, is one pull that is not known.
    func pulls(_ build: DockerfileBuild, in checkout: CheckoutReader) -> [FoundPull] {
        let context = context ?? "."
        if context == "-" && file == nil { return unknown("the Dockerfile comes from standard input") }
        if context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("github.com/") {
            return unknown("the Dockerfile is fetched from \(context)")
        }
        if context.contains("$") || (file ?? "").contains("$") {
            return unknown("the path of the Dockerfile has a variable that the file does not tell")
        }
        guard let base = CheckoutReader.path(context, from: folder),
            let path = file.map({ CheckoutReader.path($0, from: fileIsInContext ? base : folder) })
                ?? .some(base.isEmpty ? "Dockerfile" : base + "/Dockerfile"),
            let text = checkout.text(of: path)
        else { return unknown("its Dockerfile (\(file ?? "\(context)/Dockerfile")) is not in the checkout") }
        do {
            return try Dockerfile(parsing: text, path: path).pulls(build).map {
                FoundPull($0.image, line: $0.line, $0.certainty, "\($0.why) in \(path), line \($0.line)")
            }
        } catch {
            return unknown("\(path) cannot be read as a Dockerfile")
        }
    }

    private func unknown(_ why: String) -> [FoundPull] { [FoundPull(nil, line: 1, .unknown, why)] }
}
