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
    /// What standard input holds, where `-` names it.
    var input: String?

    /// The pulls of the build; a Dockerfile that is not there, or cannot be read, is one pull that is not known.
    func pulls(_ build: DockerfileBuild, in checkout: CheckoutReader) -> [FoundPull] {
        let context = context ?? "."
        if file == "-" || context == "-" && file == nil {
            guard let input else { return unknown("the Dockerfile comes from standard input") }
            return pulls(build, of: input, at: "the Dockerfile of standard input")
        }
        if file == nil || fileIsInContext, Self.isRemote(context) {
            return unknown("the Dockerfile is fetched from \(context)")
        }
        if file == nil || fileIsInContext
            ? context.contains("$") || (file ?? "").contains("$") : file?.contains("$") == true
        {
            return unknown("the path of the Dockerfile has a variable that the file does not tell")
        }
        let base = CheckoutReader.path(context, from: folder)
        let named = file.map { name in
            fileIsInContext
                ? base.flatMap { CheckoutReader.path(name, from: $0) } : CheckoutReader.path(name, from: folder)
        }
        guard let path = named ?? base.map({ $0.isEmpty ? "Dockerfile" : $0 + "/Dockerfile" }),
            let text = checkout.text(of: path)
        else { return unknown("its Dockerfile (\(file ?? "\(context)/Dockerfile")) is not in the checkout") }
        return pulls(build, of: text, at: path)
    }

    private func pulls(_ build: DockerfileBuild, of text: String, at path: String) -> [FoundPull] {
        do {
            return try Dockerfile(parsing: text, path: path).pulls(build).map {
                FoundPull($0.image, line: $0.line, $0.certainty, "\($0.why) in \(path), line \($0.line)")
            }
        } catch {
            return unknown("\(path) cannot be read as a Dockerfile")
        }
    }

    private static func isRemote(_ context: String) -> Bool {
        context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("github.com/")
    }

    private func unknown(_ why: String) -> [FoundPull] { [FoundPull(nil, line: 1, .unknown, why)] }
}
