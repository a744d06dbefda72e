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
    /// The names under which the tool looks for a file that is not named, the first that is there.
    var names = Self.names(for: "docker")

    /// Where a tool looks. BuildKit takes its usual name in lower case too (frontend/dockerui, `ReadEntrypoint`), others a
    /// Containerfile (containers/buildah, `DiscoverContainerfile`; nerdctl, `BuildKitFile`).
    static func names(for tool: String) -> [String] {
        switch tool {
        case "podman", "buildah": ["Containerfile", "Dockerfile"]
        case "nerdctl", "finch": ["Dockerfile", "Containerfile"]
        default: ["Dockerfile", "dockerfile"]
        }
    }

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
        let folder = fileIsInContext || file == nil ? base : folder
        let found = (file.map(spellings) ?? names).lazy.compactMap { name in
            folder.flatMap { CheckoutReader.path(name, from: $0) }
        }.compactMap { path in checkout.text(of: path).map { (path, $0) } }.first
        guard let (path, text) = found
        else { return unknown("its Dockerfile (\(file ?? "\(context)/Dockerfile")) is not in the checkout") }
        let certain = pulls(build, of: text, at: path)
        guard checkout.isDoubted(path) else { return certain }
        var all: [FoundPull] = []
        for pull in certain + checkout.otherTexts(of: path).flatMap({ pulls(build, of: $0, at: path) })
        where !all.contains(where: { $0.image == pull.image }) {
            all.append(pull.under(.likely, "a command may have changed the file"))
        }
        return all
    }

    private func pulls(_ build: DockerfileBuild, of text: String, at path: String) -> [FoundPull] {
        do {
            var found: [FoundPull] = []
            for pull in try Dockerfile(parsing: text, path: path).pulls(build) {
                let pull = FoundPull(
                    pull.image, line: pull.line, pull.certainty, "\(pull.why) in \(path), line \(pull.line)")
                // A build asks for an image of several stages once.
                if let index = found.firstIndex(where: { $0.image?.identity == pull.image?.identity }) {
                    if pull.certainty < found[index].certainty { found[index] = pull }
                } else {
                    found.append(pull)
                }
            }
            return found
        } catch {
            return unknown("\(path) cannot be read as a Dockerfile")
        }
    }

    /// The file that is named, and what a tool takes for it where it is not there.
    private func spellings(of file: String) -> [String] {
        let folder = CheckoutReader.folder(of: file)
        guard file == "Dockerfile" || file.hasSuffix("/Dockerfile"), names.contains("dockerfile") else { return [file] }
        return [file, folder.isEmpty ? "dockerfile" : folder + "/dockerfile"]
    }

    private static func isRemote(_ context: String) -> Bool {
        context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("github.com/")
    }

    private func unknown(_ why: String) -> [FoundPull] { [FoundPull(nil, line: 1, .unknown, why)] }
}
