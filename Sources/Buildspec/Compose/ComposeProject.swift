internal import Core

/// One or several compose files read as docker compose reads them together.
struct ComposeProject {
    /// How a file is read: from where its paths count, what fills its texts, and where it stands in the file that was asked for.
    struct Scope {
        var folder: String
        var variables: ComposeVariables
        /// The place that led to it; nil in a file that was asked for itself.
        var position: Position?

        /// The values of a build's arguments: those of variables for those without any.
        func arguments(of build: ComposeFile.Build) -> [String: VariableText.Value] {
            Dictionary(
                uniqueKeysWithValues: build.arguments.map { name, written in
                    (name, written.map { variables.expand($0).value } ?? variables.value(name))
                })
        }
    }

    /// A service and how its file is read.
    struct Entry {
        var service: ComposeFile.Service
        let scope: Scope
    }

    let checkout: CheckoutReader
    /// The services' names in the order of the files.
    private(set) var order: [String] = []
    private(set) var entries: [String: Entry] = [:]
    /// What cannot be read.
    private(set) var problems: [FoundPull] = []

    /// `name` of the last file that has one, with its values.
    private(set) var name: VariableText?

    /// What was parsed, by its path.
    private var files: [String: ComposeFile] = [:]
    /// How many more files may be included: each may name several, and they each other.
    private var budget = 256

    private static let deepest = 16

    /// Reads the files, the later over the earlier; all paths in them count from the first one's folder, unless there is a
    /// `--project-directory`. `value` is the environment; what it leaves open is filled by the environment files, the first before
    /// the next: by `.env` beside the project where none are given.
    init(
        _ paths: [String], projectDirectory: String? = nil, environmentFiles: [String]? = nil,
        in checkout: CheckoutReader, value: @escaping (String) -> VariableText.Value
    ) {
        self.checkout = checkout
        let folder = projectDirectory ?? paths.first.map(CheckoutReader.folder) ?? ""
        let scope = Scope(
            folder: folder,
            variables: ComposeVariables(environment: value)
                .filled(by: environmentFiles ?? Self.environmentFiles(in: folder), in: checkout))
        for path in paths { add(path, scope, depth: 0) }
    }

    /// A file whose text is at hand.
    init(_ file: ComposeFile, path: String, in checkout: CheckoutReader) {
        self.checkout = checkout
        let folder = CheckoutReader.folder(of: path)
        let variables = ComposeVariables { _ in .unknown }
            .filled(by: Self.environmentFiles(in: folder), in: checkout)
        add(file, Scope(folder: folder, variables: variables), depth: 0)
    }

    /// `.env` in a folder; nothing for a folder out of the checkout.
    static func environmentFiles(in folder: String) -> [String] {
        CheckoutReader.path(".env", from: folder).map { [$0] } ?? []
    }

    private mutating func add(_ path: String, _ scope: Scope, depth: Int) {
        budget -= 1
        guard budget >= 0 else { return }
        guard budget > 0, depth < Self.deepest, checkout.text(of: path) != nil else {
            return note("\(path) is not in the checkout, or included too often", at: scope.position)
        }
        guard let file = file(at: path) else {
            return note("\(path) cannot be read as a compose file", at: scope.position)
        }
        add(file, scope, depth: depth)
    }

    /// The file at a path, parsed once; nil where there is none, or none of compose's.
    private mutating func file(at path: String) -> ComposeFile? {
        if let known = files[path] { return known }
        let file = checkout.text(of: path).flatMap { try? ComposeFile(parsing: $0, path: path) }
        files[path] = file
        return file
    }

    private mutating func add(_ file: ComposeFile, _ scope: Scope, depth: Int) {
        if let written = file.name, depth == 0 { name = scope.variables.expand(written) }
        for item in file.includes { include(item, scope, depth: depth) }
        for service in file.services {
            var service = service
            if let base = base(of: service, in: file, scope, depth: depth) { service = base.overridden(by: service) }
            if let position = scope.position { service = service.moved(to: position) }
            if let earlier = entries[service.name] {
                entries[service.name]?.service = earlier.service.overridden(by: service)
            } else {
                order.append(service.name)
                entries[service.name] = Entry(service: service, scope: scope)
            }
        }
    }

    /// The files of an item of `include`, whose own `.env` fills what the project leaves open.
    private mutating func include(_ item: ComposeFile.Include, _ outer: Scope, depth: Int) {
        let position = outer.position ?? item.position
        func path(_ written: String) -> String? {
            let text = outer.variables.expand(written)
            return text.isResolved ? CheckoutReader.path(text.text, from: outer.folder) : nil
        }
        let paths = item.paths.compactMap(path)
        let folder = item.projectDirectory.map(path) ?? paths.first.map(CheckoutReader.folder)
        guard let folder, paths.count == item.paths.count, !paths.isEmpty else {
            return note("the included \(item.paths.joined(separator: ", ")) is not in the checkout", at: position)
        }
        let environment =
            item.environmentFiles.isEmpty
            ? Self.environmentFiles(in: folder) : item.environmentFiles.reversed().compactMap(path)
        let scope = Scope(
            folder: folder, variables: outer.variables.filled(by: environment, in: checkout), position: position)
        for path in paths { add(path, scope, depth: depth + 1) }
    }

    /// The service that this one extends, with those that that one extends.
    private mutating func base(
        of service: ComposeFile.Service, in file: ComposeFile, _ scope: Scope, depth: Int
    ) -> ComposeFile.Service? {
        guard let extends = service.extends, depth < Self.deepest else { return nil }
        var (source, place) = (file, scope.folder)
        if let written = extends.file {
            let name = scope.variables.expand(written)
            guard name.isResolved, let path = CheckoutReader.path(name.text, from: scope.folder),
                let other = self.file(at: path)
            else {
                note(
                    "service \(service.name) extends one of \(name.text), which is not in the checkout, or no compose file",
                    at: scope.position ?? extends.position)
                return nil
            }
            (source, place) = (other, CheckoutReader.folder(of: path))
        }
        guard var found = source.services.first(where: { $0.name == extends.service }) else {
            note(
                "service \(service.name) extends \(extends.service), which is not there",
                at: scope.position ?? extends.position)
            return nil
        }
        let deeper = Scope(
            folder: place, variables: scope.variables, position: scope.position ?? extends.position)
        if let base = base(of: found, in: source, deeper, depth: depth + 1) { found = base.overridden(by: found) }
        // A path of the base counts from the base's folder.
        if place != scope.folder, let context = found.build.map({ $0.context ?? "." }), !context.contains("://"),
            let path = CheckoutReader.path(context, from: place)
        {
            found.build?.context = CheckoutReader.absolute(path)
        }
        found.needs = []
        return extends.file == nil ? found : found.moved(to: extends.position)
    }

    private mutating func note(_ problem: String, at position: Position?) {
        problems.append(FoundPull(nil, line: position?.line ?? 1, .unknown, problem))
    }
}
