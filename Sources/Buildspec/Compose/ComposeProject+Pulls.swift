/// What compose pulls for a project.
extension ComposeProject {
    /// What a command asks compose to do.
    enum Verb: Hashable {
        /// `up`, `run`, `create`: images that are not there are pulled, services with `build` are built.
        case up
        case build
        case pull
    }

    /// What a command selects.
    struct Selection: Hashable {
        var verb = Verb.up
        var builder = DockerfileBuild.Builder.docker
        /// The services named; empty for all.
        var services: [String] = []
        var profiles: Set<String> = []
        /// Whether nothing out of sight may ask for more of them.
        var knowsProfiles = false
        /// `--build-arg`
        var arguments: [String: VariableText.Value] = [:]
        /// `--no-deps`
        var withoutNeeds = false
        /// `--include-deps` of `pull`, `--with-dependencies` of `build`
        var includesNeeds = false
        /// `--ignore-buildable`
        var onlyUnbuildable = false
        /// `--build`
        var rebuilds = false
        /// `--no-build`
        var neverBuilds = false
        /// `--pull never`
        var neverPulls = false
        /// The images that are there already.
        var there: Set<String> = []
    }

    /// What the command pulls. An image of several services is pulled once.
    func pulls(_ selection: Selection) -> [FoundPull] {
        let named = selected(selection)
        let built = Set(builtImages(selection).map(\.identity))
        var seen: Set<String> = []
        var found = problems
        for entry in order.compactMap({ entries[$0] }) where named.isEmpty || named.contains(entry.service.name) {
            let isActive = isActive(entry.service, named, selection)
            if !isActive, selection.knowsProfiles { continue }
            for pull in pulls(entry, selection, built) {
                let pull =
                    isActive
                    ? pull
                    : pull.under(.unknown, "only with the profile \(entry.service.profiles.joined(separator: " or "))")
                if entry.service.build == nil || selection.verb == .pull, let image = pull.image {
                    guard seen.insert("\(image.identity) \(pull.certainty)").inserted else { continue }
                }
                found.append(pull)
            }
        }
        guard found.contains(where: { $0.certainty == .unknown }) else { return found }
        // A service that surely needs it pulls it.
        let needed = Set(found.lazy.filter { $0.certainty != .unknown }.compactMap { $0.image?.identity })
        return found.filter { $0.certainty != .unknown || $0.image.map { !needed.contains($0.identity) } ?? true }
    }

    /// The names of the images that the command builds.
    func builtImages(_ selection: Selection) -> [ImageName] {
        builtEntries(selection).flatMap { entry in
            let tags = entry.service.build?.tags ?? []
            return [image(of: entry)] + tags.map { ImageName(entry.scope.variables.expand($0).text) }
        }
    }

    /// The services that the command builds and that name no image.
    func unnamedBuilds(_ selection: Selection) -> [String] {
        builtEntries(selection).filter { $0.service.image == nil }.map(\.service.name)
    }

    private func builtEntries(_ selection: Selection) -> [Entry] {
        guard selection.verb != .pull, !selection.neverBuilds else { return [] }
        let named = selected(selection)
        return order.compactMap { entries[$0] }.filter {
            $0.service.build != nil && (named.isEmpty || named.contains($0.service.name))
                && isActive($0.service, named, selection)
        }
    }

    /// What a service that is built is called; without a name of its own by its place, since the project's name is not known.
    private func image(of entry: Entry) -> ImageName {
        let written = entry.service.image.map { entry.scope.variables.expand($0.value).text }
        return ImageName(written ?? "built by compose/\(entry.scope.folder)/\(entry.service.name)")
    }

    private func isActive(_ service: ComposeFile.Service, _ named: Set<String>, _ selection: Selection) -> Bool {
        service.profiles.isEmpty || named.contains(service.name)
            || service.profiles.contains { selection.profiles.contains($0) || selection.profiles.contains("*") }
    }

    private func pulls(_ entry: Entry, _ selection: Selection, _ built: Set<String>) -> [FoundPull] {
        let service = entry.service
        let image = service.image.map { pull(of: $0, entry) }
        guard let build = service.build else {
            let isNever = selection.neverPulls || service.pullPolicy == "never"
            guard selection.verb != .build, !isNever, let image else { return [] }
            return image.image.map { built.contains($0.identity) } == true ? [] : [image]
        }
        if selection.verb == .up, selection.neverBuilds {
            return selection.there.contains(self.image(of: entry).identity) ? [] : [image].compactMap(\.self)
        }
        guard selection.verb == .pull else {
            // Compose builds what is not there.
            if selection.verb == .up, !selection.rebuilds, service.pullPolicy != "build",
                selection.there.contains(self.image(of: entry).identity)
            {
                return []
            }
            // Its own name is no other's: a service may be built on the image whose name it takes.
            let others = built.subtracting([image?.image?.identity].compactMap(\.self))
            return pulls(of: build, entry, selection).filter { pull in
                !(pull.image.map { others.contains($0.identity) } ?? false)
            }
        }
        guard let image, !selection.onlyUnbuildable, !["build", "never"].contains(service.pullPolicy) else { return [] }
        return [image.under(.likely, "the service is built, and may not be there")]
    }

    private func pull(of image: Located<String>, _ entry: Entry) -> FoundPull {
        let text = entry.scope.variables.expand(image.value)
        let name = ImageName(text.text, isResolved: text.isResolved)
        let (certainty, reason): (Certainty, String) =
            !text.isResolved
            ? (name.registry == nil ? .unknown : .likely, ": the files do not tell the value of a variable")
            : text.isSure ? (.certain, "") : (.likely, ", with a variable's likely value")
        return FoundPull(
            name, line: image.position.line, certainty, "the image of service \(entry.service.name)\(reason)")
    }

    private func pulls(of build: ComposeFile.Build, _ entry: Entry, _ selection: Selection) -> [FoundPull] {
        let (service, variables) = (entry.service, entry.scope.variables)
        func expand(_ text: String) -> String { variables.expand(text).text }
        var request = DockerfileBuild(
            builder: selection.builder, target: build.target.map(expand), isComplete: true)
        request.arguments = entry.scope.arguments(of: build).merging(selection.arguments) { $1 }
        request.contexts = build.contexts.mapValues(expand)
        request.platforms = (service.platform.map { [$0] } ?? build.platforms).map(expand)
        if let inline = build.inline {
            let file = try? Dockerfile(parsing: expand(inline), path: "dockerfile_inline")
            return file?.pulls(request).map {
                FoundPull($0.image, line: build.position.line, $0.certainty, "\($0.why) of service \(service.name)")
            } ?? [FoundPull(nil, line: build.position.line, .unknown, "its dockerfile_inline cannot be read")]
        }
        let place = DockerfileAtPath(
            context: build.context.map(expand), file: build.dockerfile.map(expand), folder: entry.scope.folder,
            fileIsInContext: true)
        return place.pulls(request, in: checkout).map {
            FoundPull($0.image, line: build.position.line, $0.certainty, "service \(service.name) is built: \($0.why)")
        }
    }

    /// The named services with all that they need.
    private func selected(_ selection: Selection) -> Set<String> {
        var found: Set<String> = []
        var waiting = selection.services
        while let name = waiting.popLast() {
            let follows = selection.verb == .up && !selection.withoutNeeds || selection.includesNeeds
            guard found.insert(name).inserted, let service = entries[name]?.service else { continue }
            if follows { waiting += service.needs }
            if selection.verb != .pull { waiting += service.build?.services ?? [] }
        }
        return found
    }
}
