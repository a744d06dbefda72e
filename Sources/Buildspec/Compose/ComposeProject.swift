internal import Core

/// One or several compose files read as docker compose reads them together.
struct ComposeProject {
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
        /// The services named; empty for all.
        var services: [String] = []
        var profiles: Set<String> = []
        /// `--build-arg`
        var arguments: [String: VariableText.Value] = [:]
        /// `--no-deps`
        var withoutNeeds = false
        /// `--ignore-buildable`
        var onlyUnbuildable = false
    }

    /// A service and the folder from which its paths count.
    private struct Entry {
        var service: ComposeFile.Service
        let folder: String
    }

    private var order: [String] = []
    private var entries: [String: Entry] = [:]
    private var problems: [FoundPull] = []
    private let checkout: CheckoutReader
    private let value: (String) -> VariableText.Value
    private var fileValues: [String: String] = [:]

    private static let deepest = 16

    /// Reads the files, the later over the earlier. `value` is the environment; a `.env` beside the first file fills what it leaves
    /// open.
    init(
        _ paths: [String], environmentFile: String? = nil, in checkout: CheckoutReader,
        value: @escaping (String) -> VariableText.Value
    ) {
        self.checkout = checkout
        self.value = value
        let folder = paths.first.map(CheckoutReader.folder) ?? ""
        let environment = environmentFile ?? (folder.isEmpty ? ".env" : folder + "/.env")
        fileValues = checkout.text(of: environment).map(Self.environment) ?? [:]
        // All paths of a project count from its first file.
        for path in paths { add(path, folder: folder, depth: 0) }
    }

    /// A file whose text is at hand.
    init(_ file: ComposeFile, path: String, in checkout: CheckoutReader) {
        self.init([], in: checkout, value: { _ in .unknown })
        let folder = CheckoutReader.folder(of: path)
        fileValues = checkout.text(of: folder.isEmpty ? ".env" : folder + "/.env").map(Self.environment) ?? [:]
        add(file, path: path, depth: 0)
    }

    private mutating func add(_ path: String, folder: String? = nil, depth: Int) {
        guard depth < Self.deepest, let text = checkout.text(of: path) else {
            return problems.append(FoundPull(nil, line: 1, .unknown, "\(path) is not in the checkout"))
        }
        guard let file = try? ComposeFile(parsing: text, path: path) else {
            return problems.append(FoundPull(nil, line: 1, .unknown, "\(path) cannot be read as a compose file"))
        }
        add(file, path: path, folder: folder, depth: depth)
    }

    private mutating func add(_ file: ComposeFile, path: String, folder given: String? = nil, depth: Int) {
        let own = CheckoutReader.folder(of: path)
        let folder = given ?? own
        for include in file.includes {
            let name = expand(include)
            guard name.isResolved, let path = CheckoutReader.path(name.text, from: folder) else {
                problems.append(FoundPull(nil, line: 1, .unknown, "the included \(include) is not in the checkout"))
                continue
            }
            add(path, depth: depth + 1)
        }
        for service in file.services {
            var service = service
            if let base = base(of: service, in: file, folder: folder, depth: depth) {
                service = base.overridden(by: service)
            }
            if let earlier = entries[service.name] {
                entries[service.name]?.service = earlier.service.overridden(by: service)
            } else {
                order.append(service.name)
                entries[service.name] = Entry(service: service, folder: folder)
            }
        }
    }

    /// The service that this one extends, with those that that one extends.
    private func base(
        of service: ComposeFile.Service, in file: ComposeFile, folder: String, depth: Int
    ) -> ComposeFile.Service? {
        guard let extends = service.extends, depth < Self.deepest else { return nil }
        var (source, place) = (file, folder)
        if let name = extends.file {
            guard let path = CheckoutReader.path(name, from: folder), let text = checkout.text(of: path),
                let other = try? ComposeFile(parsing: text, path: path)
            else { return nil }
            (source, place) = (other, CheckoutReader.folder(of: path))
        }
        guard var found = source.services.first(where: { $0.name == extends.service }) else { return nil }
        if let deeper = base(of: found, in: source, folder: place, depth: depth + 1) {
            found = deeper.overridden(by: found)
        }
        // A path of the base counts from the base's folder.
        if place != folder, let context = found.build?.context ?? (found.build == nil ? nil : "."),
            let path = CheckoutReader.path(context, from: place)
        {
            found.build?.context = CheckoutReader.root + "/" + path
        }
        found.needs = []
        return found
    }

    /// What the command pulls.
    func pulls(_ selection: Selection) -> [FoundPull] {
        problems + order.flatMap { name in entries[name].map { pulls($0, selection) } ?? [] }
    }

    private func pulls(_ entry: Entry, _ selection: Selection) -> [FoundPull] {
        let service = entry.service
        let named = selected(selection)
        guard named.isEmpty || named.contains(service.name), service.pullPolicy != "never" else { return [] }
        let isActive =
            service.profiles.isEmpty || named.contains(service.name)
            || service.profiles.contains { selection.profiles.contains($0) || selection.profiles.contains("*") }
        let inactive = (Certainty.unknown, "only with the profile \(service.profiles.joined(separator: " or "))")
        let found: [FoundPull]
        if let build = service.build {
            if selection.verb == .pull {
                guard let image = service.image, !selection.onlyUnbuildable, service.pullPolicy != "build" else {
                    return []
                }
                found = [
                    pull(of: image, service: service.name).under(.likely, "the service is built, and may not be there")
                ]
            } else {
                found = pulls(of: build, service, selection, folder: entry.folder)
            }
        } else {
            guard selection.verb != .build, let image = service.image else { return [] }
            found = [pull(of: image, service: service.name)]
        }
        return isActive ? found : found.map { $0.under(inactive.0, inactive.1) }
    }

    private func pull(of image: Located<String>, service: String) -> FoundPull {
        let text = expand(image.value)
        let name = ImageName(text.text, isResolved: text.isResolved)
        let (certainty, reason): (Certainty, String) =
            !text.isResolved
            ? (name.registry == nil ? .unknown : .likely, ": the files do not tell the value of a variable")
            : text.isSure ? (.certain, "") : (.likely, ", with a variable's likely value")
        return FoundPull(name, line: image.position.line, certainty, "the image of service \(service)\(reason)")
    }

    /// The names of the images that the command builds.
    func builtImages(_ selection: Selection) -> [ImageName] {
        let named = selected(selection)
        return entries.values.filter { $0.service.build != nil && (named.isEmpty || named.contains($0.service.name)) }
            .compactMap { $0.service.image.map { ImageName(expand($0.value).text) } }
    }

    private func pulls(
        of build: ComposeFile.Build, _ service: ComposeFile.Service, _ selection: Selection, folder: String
    ) -> [FoundPull] {
        var request = DockerfileBuild(target: build.target.map { expand($0).text }, isComplete: true)
        for (name, written) in build.arguments {
            let text = written.map { expand($0) }
            request.arguments[name] =
                text.map { $0.isResolved ? ($0.isSure ? .known($0.text) : .likely($0.text)) : .unknown } ?? lookUp(name)
        }
        request.arguments.merge(selection.arguments) { $1 }
        for (name, context) in build.contexts { request.contexts[name] = expand(context).text }
        if let inline = build.inline {
            let escaped = expand(inline).text
            let file = try? Dockerfile(parsing: escaped, path: "dockerfile_inline")
            return file?.pulls(request).map {
                FoundPull($0.image, line: build.position.line, $0.certainty, "\($0.why) of service \(service.name)")
            } ?? [FoundPull(nil, line: build.position.line, .unknown, "its dockerfile_inline cannot be read")]
        }
        let place = DockerfileAtPath(
            context: build.context.map { expand($0).text }, file: build.dockerfile.map { expand($0).text },
            folder: folder,
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
            guard found.insert(name).inserted, selection.verb == .up, !selection.withoutNeeds else { continue }
            waiting += entries[name]?.service.needs ?? []
        }
        return found
    }

    private func lookUp(_ name: String) -> VariableText.Value {
        switch value(name) {
        case .unknown: fileValues[name].map { $0.contains("$") ? .partial("$" + name) : .likely($0) } ?? .unknown
        case let value: value
        }
    }

    /// Compose's interpolation: `$$` is a dollar sign.
    private func expand(_ text: String) -> VariableText {
        let mark = "\u{1}"
        let parts = text.split(separator: "$$", omittingEmptySubsequences: false).joined(separator: mark)
        var result = VariableText(parts, escape: "\u{0}", value: lookUp)
        result.restore(mark, as: "$")
        return result
    }

    /// The lines `NAME=value` of an environment file.
    static func environment(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline).map(\.trimmed) where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let name = parts[0].hasPrefix("export ") ? parts[0].dropFirst("export ".count).trimmed : parts[0].trimmed
            var value = parts[1].trimmed
            if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
                value = String(value.dropFirst().dropLast())
            } else {
                value = value.split(separator: " #", maxSplits: 1, omittingEmptySubsequences: false)[0].trimmed
            }
            values[name] = value
        }
        return values
    }
}
