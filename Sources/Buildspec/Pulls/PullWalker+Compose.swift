/// `docker compose` and `docker-compose`
extension PullWalker {
    /// `isVersion` is whether each text that its files may have is followed already.
    mutating func compose(
        _ words: ArraySlice<ShellWord>, by tool: String, at place: Place, config: String? = nil, isVersion: Bool = false
    ) {
        guard let line = ComposeCommandLine(words), !line.onlyShows else { return }
        guard let work = line.work else {
            if line.verb.hasPrefix("$") {
                unknown("a variable decides what docker compose does", at: place, config: config)
            }
            return
        }
        let asked = place
        var place = place
        let named = line.services.map { state.expand($0) }
        let isKnown = named.allSatisfy(\.isResolved)
        // Of services that are not known any may be meant.
        if !isKnown { place.doubt = place.doubt ?? "a variable decides which services" }
        let services = isKnown ? named.flatMap { $0.text.split(separator: " ").map(String.init) } : []
        let directory = line.project.values("--project-directory", "--workdir").last.map {
            path($0) ?? CheckoutReader.outside
        }
        let home = directory ?? state.folder
        let shell = state.scope
        let environment = ComposeVariables { shell.value($0) }
        let given = line.project.values("--env-file").reversed().compactMap { path($0) }
        // Compose reads the file of the working folder before it knows the project.
        let working = given.isEmpty ? ComposeProject.environmentFiles(in: state.folder) : given
        let variables = environment.filled(by: working, in: checkout)
        guard let paths = composeFiles(line.project.values("-f", "--file"), variables, home: home) else {
            // It may build images that are run later.
            state.mayHaveImages = true
            return unknown(
                "docker compose \(line.verb): no compose file is in the checkout", at: place, config: config)
        }
        let environmentFiles =
            given.isEmpty
            ? working + ComposeProject.environmentFiles(in: directory ?? CheckoutReader.folder(of: paths[0])) : given
        let files = paths + environmentFiles
        if !isVersion, files.contains(where: checkout.isDoubted) {
            return inEachVersion(of: files) {
                $0.compose(words, by: tool, at: asked, config: config, isVersion: true)
            }
        }
        let project = ComposeProject(
            paths, projectDirectory: directory, environmentFiles: environmentFiles, in: checkout
        ) { shell.value($0) }
        // The option takes the variable's place.
        var profiles = Set(line.project.values("--profile").map { state.expand($0).text })
        let knowsProfiles = !profiles.isEmpty || variables.knows("COMPOSE_PROFILES")
        if profiles.isEmpty { profiles.formUnion(variables.list("COMPOSE_PROFILES", separator: ",")) }
        var selection = ComposeProject.Selection(
            verb: work, builder: builder(of: tool), services: services, profiles: profiles)
        selection.knowsProfiles = knowsProfiles
        let policy = work == .pull ? nil : line.rest.values("--pull").last
        selection.neverPulls = policy == "never"
        selection.arguments = buildArguments(line.rest.values("--build-arg"))
        selection.withoutNeeds = line.rest.has("--no-deps")
        selection.includesNeeds = line.rest.has("--include-deps") || line.rest.has("--with-dependencies")
        selection.onlyUnbuildable = line.rest.has("--ignore-buildable")
        selection.rebuilds = line.rest.has("--build")
        selection.neverBuilds = line.rest.has("--no-build")
        selection.there = state.local.union(state.pulled)
        let isDoubted = paths.contains(where: checkout.isDoubted)
        var listed: Set<String> = []
        for found in project.pulls(selection) {
            // Services that are built on the same image ask for it together.
            if let image = found.image, !listed.insert("\(image.identity) \(found.certainty)").inserted { continue }
            var found = isDoubted ? found.under(.likely, "a command may have changed the file") : found
            if state.hasLoadedImages, work != .pull { found = found.under(.likely, Self.mayBeLoaded) }
            if let image = found.image, state.hasImage(image), work != .pull, policy != "always" { continue }
            if let image = found.image, work != .pull, state.mayHavePulled(image) {
                found = found.under(.likely, Self.mayBePulled)
            }
            if let image = found.image, work != .build {
                state.keepPull(of: image, isSure: place.isSureInBranch && found.certainty != .unknown)
            }
            note(found, at: place, config: config)
        }
        // After the pulls: a service may be built on the image whose name it takes.
        for image in project.builtImages(selection) { state.keepImage(image) }
        let unnamed = project.unnamedBuilds(selection)
        guard !unnamed.isEmpty else { return }
        let folder = directory ?? CheckoutReader.folder(of: paths[0])
        let name = projectName(line, variables, project, in: folder)
        for service in unnamed { state.keepBuild(of: service, inProject: name) }
    }

    /// What compose calls the project (Compose Specification, name); nil where only the machine tells.
    private func projectName(
        _ line: ComposeCommandLine, _ variables: ComposeVariables, _ project: ComposeProject, in folder: String
    ) -> String? {
        if let written = line.project.values("-p", "--project-name").last {
            let text = state.expand(written)
            return text.isResolved ? text.text : nil
        }
        switch variables.value("COMPOSE_PROJECT_NAME") {
        case .known(let name), .likely(let name): return name
        case .partial: return nil
        case .unknown: break
        }
        if let name = project.name { return name.isResolved ? name.text : nil }
        guard !folder.isEmpty, folder != CheckoutReader.outside else { return nil }
        let name = CheckoutReader.name(of: folder).lowercased()
        return name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }

    /// The files that are named, or those that compose finds by itself in the project's folder or above it; nil where one is
    /// missing.
    private func composeFiles(_ named: [String], _ variables: ComposeVariables, home: String) -> [String]? {
        let names = named.isEmpty ? variables.list("COMPOSE_FILE", separator: ":") : named
        func present(_ name: String, in folder: String) -> String? {
            CheckoutReader.path(name, from: folder).flatMap { checkout.text(of: $0) == nil ? nil : $0 }
        }
        if !names.isEmpty {
            let paths = names.compactMap { name in
                let text = state.expand(name)
                return text.isResolved ? present(text.text, in: state.folder) : nil
            }
            return paths.count == names.count ? paths : nil
        }
        var folder = home
        while true {
            let usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
            if let (name, path) = usual.lazy.compactMap({ name in present(name, in: folder).map { (name, $0) } }).first
            {
                let stem = name.prefix { $0 != "." }
                let override = ["yml", "yaml"].lazy.compactMap { present("\(stem).override.\($0)", in: folder) }.first
                return [path] + [override].compactMap(\.self)
            }
            guard !folder.isEmpty, !CheckoutReader.isElsewhere(folder) else { return nil }
            folder = CheckoutReader.folder(of: folder)
        }
    }
}
