internal import ArgumentParser
internal import Core
internal import CredentialHelper
internal import Registry

/// `unthrottle helper install`
struct HelperInstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Have docker, podman, skopeo and buildah ask docker-credential-unthrottle for their logins",
        discussion: """
            Adds "credHelpers" entries to docker's config.json, which podman, skopeo and buildah read too, and keeps all else of it. A second \
            run changes nothing.
            """)

    @Option(help: ArgumentHelp("A registry, besides Docker Hub none; may be repeated", valueName: "host"))
    var registry: [String] = []

    @Option(help: "Docker's configuration folder (environment: DOCKER_CONFIG)")
    var dockerConfig: String?

    @Option(help: "Write this file of podman, skopeo and buildah as well")
    var containersAuth: String?

    func run() async throws {
        let variables = EnvironmentVariables.current
        let console = Console(variables)
        guard let folder = dockerConfig ?? DockerConfigFile.folder(variables) else {
            throw UnthrottleError(
                .usage, "there is no home folder: HOME is not set", hint: "Name the folder with --docker-config.")
        }
        let registries = registry.isEmpty ? ["docker.io"] : registry
        for path in ["\(folder)/config.json", containersAuth].compactMap({ $0 }) {
            let outcome = try HelperEntries.install(in: path, registries: registries)
            let added = outcome.added.joined(separator: ", ")
            console.print(added.isEmpty ? "\(path): nothing to change" : "\(path): added \(added)")
            for note in outcome.notes { warn(note, console) }
        }
        for name in try HelperEntries.unserved(registries, variables) {
            warn("\(name) has no secret yet: name it in ~/.config/unthrottle/helper.json", console)
        }
        if SearchPath.find("docker-credential-\(HelperEntries.helper)", variables) == nil {
            warn("docker-credential-unthrottle is not on the PATH; clients go on anonymously until it is", console)
        }
        console.tell("unthrottle helper check shows which clients are authenticated now")
    }

    private func warn(_ text: String, _ console: Console) {
        console.print("  \(console.styled("warning:", .yellow)) \(text)")
    }
}
