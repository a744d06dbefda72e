/// What clients that are no docker read from a registry.
extension PullWalker {
    /// False for a program that is none of these.
    @discardableResult mutating func read(by program: Program, at place: Place) -> Bool {
        guard let name = program.name, let client = ImageClient.named(name) else { return false }
        read(by: client, called: name, program.words.dropFirst(), at: place)
        return true
    }

    mutating func read(
        by client: ImageClient, called name: String, _ words: ArraySlice<ShellWord>, at place: Place
    ) {
        let (verb, images) = client.images(in: state.scope.split(words))
        let what = verb.isEmpty ? name : "\(name) \(verb)"
        for image in images { pull(image, what, at: place, onlyIfMissing: client.asksDaemon, keeps: false) }
    }

    /// A chart is an image of its own kind: `helm install redis oci://registry-1.docker.io/bitnamicharts/redis`.
    mutating func helm(_ words: ArraySlice<ShellWord>, at place: Place) {
        if words.prefix(2).map(\.text) == ["registry", "login"] {
            return docker(words.dropFirst(), at: place, tool: "helm")
        }
        guard let verb = words.first?.text, Self.chartReaders.contains(verb) else { return }
        let config = configuration(of: "helm", at: place)
        let scheme = "oci://"
        for word in words where word.text.hasPrefix(scheme) {
            pull(String(word.text.dropFirst(scheme.count)), "helm \(verb)", at: place, config: config, keeps: false)
        }
    }

    /// Clients that keep their logins in a file of their own, which docker does not read, and what that is called here.
    static let ownConfigurations = [
        "helm": "helm", "podman": "containers", "buildah": "containers", "skopeo": "containers",
    ]

    /// Where a client finds its logins: in docker's configuration, or in its own file.
    func configuration(of tool: String, at place: Place) -> String? {
        state.isLoggedIn(user: place.user, config: nil) ? nil : Self.ownConfigurations[tool]
    }

    private static let chartReaders: Set = ["install", "upgrade", "template", "pull", "fetch", "show"]
}
