internal import Core

/// What a shell knows while its commands are followed: variables, the folder, logins, images that are there already.
struct ShellState {
    /// Whose login: docker keeps it in the user's configuration folder.
    struct LoginOwner: Hashable {
        var user: String
        /// `DOCKER_CONFIG` or `--config` as written; nil for the user's own.
        var folder: String?
    }

    /// What a subshell keeps to itself.
    var scope: ShellScope
    /// Where `cd -` and `popd` lead.
    var earlierFolders: [String] = []
    /// Who is logged in to Docker Hub.
    var logins: Set<LoginOwner> = []
    /// Whether everything is logged in, by `DOCKER_AUTH_CONFIG` or a configuration that was written.
    var isAlwaysLoggedIn = false
    /// Images that were built or tagged before, in full where they can be read.
    var local = Self.built
    /// Images that were pulled before, whichever way the build took.
    var pulled: Set<String> = []
    /// Images that only some ways pulled.
    var sometimesPulled: Set<String> = []
    /// Images for which docker was asked whether it has them: who pulls one after that has it either way.
    var asked: Set<String> = []
    /// The services that compose built in a project of which only the machine knows the name.
    var composeServices: Set<String> = []
    /// How the names begin of images that were built under names with something in them that nobody here can tell.
    var openNames: Set<String> = []
    /// Whether a program out of sight may have made images, so that any may be there.
    var mayHaveImages = false
    /// Whether images were loaded from a file, under names that it tells.
    var hasLoadedImages = false
    /// The variables that a login to ECR names as its registry.
    var registries: Set<String> = []
    /// `set -o pipefail`
    var hasPipefail = false
    /// The user who runs the commands.
    var user = "root"

    /// What the id that a build prints stands for.
    private static let built: Set = [ImageName(ShellScript.idOfBuiltImage).identity]

    init(variables: ShellVariables = ShellVariables()) { scope = ShellScope(variables: variables) }

    /// How many variables and images it holds, which is what a copy costs.
    var size: Int { scope.variables.count + local.count + pulled.count }

    var variables: ShellVariables {
        get { scope.variables }
        _modify { yield &scope.variables }
    }

    var folder: String {
        get { scope.folder }
        set { scope.folder = newValue }
    }

    /// Puts values into a word.
    func expand(_ text: String) -> VariableText { scope.expand(text) }

    func isLoggedIn(user: String, config: String?) -> Bool {
        if isAlwaysLoggedIn || variables["DOCKER_AUTH_CONFIG"] != nil { return true }
        if logins.isEmpty { return false }
        let folder = config ?? own
        return logins.contains(LoginOwner(user: user, folder: folder))
    }

    mutating func logIn(user: String, config: String?) { logins.insert(LoginOwner(user: user, folder: config ?? own)) }

    mutating func logOut(user: String, config: String?) { logins.remove(LoginOwner(user: user, folder: config ?? own)) }

    private var own: String? {
        switch variables["DOCKER_CONFIG"] {
        case .known(let text), .likely(let text), .partial(let text):
            ["$HOME/.docker", "${HOME}/.docker", "~/.docker", "/root/.docker"].contains(text) ? nil : text
        case .unknown: "$DOCKER_CONFIG"
        case nil: home
        }
    }

    /// The configuration below another home than the user's own.
    private var home: String? {
        switch variables["HOME"] {
        case .known(let text), .likely(let text), .partial(let text): text == "/root" ? nil : text + "/.docker"
        case .unknown, nil: nil
        }
    }

    /// Takes what was logged in and pulled since an earlier state as something that may have failed.
    mutating func lose(since earlier: ShellState) {
        logins.formIntersection(earlier.logins)
        isAlwaysLoggedIn = isAlwaysLoggedIn && earlier.isAlwaysLoggedIn
        sometimesPulled.formUnion(pulled.subtracting(earlier.pulled))
        pulled.formIntersection(earlier.pulled)
    }

    /// Takes note of the registry of a login that is none for Docker Hub.
    mutating func noteRegistry(_ server: String) {
        let name = server.replacing("https://", by: "").replacing("{", by: "").replacing("}", by: "")
        if name.utf8.first == UInt8(ascii: "$"), name.utf8.dropFirst().allSatisfy(ASCII.isName) {
            registries.insert(name)
        }
    }

    /// An image with its registry, where the variable at its start is that of a login: `$REGISTRY/app:1`, `$REPOSITORY_URI:1`.
    func located(_ image: ImageName) -> ImageName {
        guard !registries.isEmpty, image.registry == nil, image.text.utf8.first == UInt8(ascii: "$") else {
            return image
        }
        let end = image.text.utf8.firstIndex {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@")
        }
        let variable = image.text[..<(end ?? image.text.endIndex)]
        let name = variable.replacing("{", by: "").replacing("}", by: "")
        return registries.contains(name) ? image.located(in: String(variable)) : image
    }

    func hasImage(_ image: ImageName) -> Bool {
        let identity = image.identity
        return local.contains(identity) || pulled.contains(identity)
    }

    /// Whether some way to here has pulled it.
    func mayHavePulled(_ image: ImageName) -> Bool {
        !sometimesPulled.isEmpty && sometimesPulled.contains(image.identity)
    }

    /// Keeps what was built.
    mutating func keepImage(_ image: ImageName) { local.insert(image.identity) }

    /// Keeps what was pulled; `isSure` is whether it was, on the way that is followed.
    mutating func keepPull(of image: ImageName, isSure: Bool) {
        if isSure { pulled.insert(image.identity) } else { sometimesPulled.insert(image.identity) }
    }

    /// Keeps what compose calls the image of a service that names none: Compose v1 has an underscore in it, v2 a hyphen.
    mutating func keepBuild(of service: String, inProject project: String?) {
        guard let project else { composeServices.insert(service); return }
        for mark in ["_", "-"] { keepImage(named: project + mark + service) }
    }

    /// Whether it may be what compose built, under the name that it made up.
    func mayBeBuilt(_ image: ImageName) -> Bool {
        guard !composeServices.isEmpty, !image.text.utf8.contains(UInt8(ascii: "/")) else { return false }
        let name = image.text.prefix { $0 != ":" && $0 != "@" }
        return composeServices.contains { name.hasSuffix("_" + $0) || name.hasSuffix("-" + $0) }
    }

    mutating func keepImage(named text: String) {
        local.insert(ImageName.identity(of: text))
        guard let dollar = text.utf8.firstIndex(of: UInt8(ascii: "$")) else { return }
        let start = text[..<dollar]
        if start.utf8.contains(UInt8(ascii: "/")) { openNames.insert(String(start)) }
    }

    /// Whether it may be what was built under a name of which only the beginning is known.
    func mayHaveName(_ image: ImageName) -> Bool { openNames.contains { image.text.hasPrefix($0) } }
}
