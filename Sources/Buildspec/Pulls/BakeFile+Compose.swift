/// Compose files as bake reads them: each service that is built is a target, whatever its profiles are (Bake, "Building with Bake
/// from a Compose file").
extension BakeFile {
    init(_ project: ComposeProject) {
        let entries = project.order.compactMap { project.entries[$0] }
        self.init(services: entries.compactMap { entry in Self.target(of: entry).map { (entry.service.name, $0) } })
    }

    private static func target(of entry: ComposeProject.Entry) -> Target? {
        guard let build = entry.service.build else { return nil }
        let variables = entry.scope.variables
        func expand(_ text: String) -> String { variables.expand(text).text }
        var target = Target()
        let folder = CheckoutReader.path(expand(build.context ?? "."), from: entry.scope.folder)
        target.context = folder.map(CheckoutReader.absolute) ?? build.context.map(expand)
        target.dockerfile = build.dockerfile.map(expand)
        target.inline = build.inline.map(expand)
        target.stage = build.target.map(expand)
        target.contexts = build.contexts.mapValues { value in
            let value = expand(value)
            return ComposeFile.service(named: value).map { "target:" + $0 } ?? value
        }
        for (name, value) in entry.scope.arguments(of: build) {
            switch value {
            case .known(let text), .likely(let text), .partial(let text): target.arguments[name] = text
            case .unknown: continue
            }
        }
        target.tags = ([entry.service.image?.value].compactMap(\.self) + build.tags).map(expand)
        return target
    }
}
