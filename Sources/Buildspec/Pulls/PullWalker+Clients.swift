/// What clients that are no docker read from a registry.
extension PullWalker {
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
        // Helm asks its own logins first, then docker's.
        let config = state.isLoggedIn(user: place.user, config: nil) ? nil : Self.configurationOfHelm
        let scheme = "oci://"
        for word in words where word.text.hasPrefix(scheme) {
            pull(String(word.text.dropFirst(scheme.count)), "helm \(verb)", at: place, config: config, keeps: false)
        }
    }

    /// Where `helm registry login` keeps its logins.
    static let configurationOfHelm = "helm"

    private static let chartReaders: Set = ["install", "upgrade", "template", "pull", "fetch", "show"]
}
