internal import Registry

/// What a shell knows while its commands are followed: variables, the folder, logins, images that are there already.
struct ShellState {
    /// Whose login: docker keeps it in the user's configuration folder.
    struct LoginOwner: Hashable {
        var user: String
        /// `DOCKER_CONFIG` or `--config` as written; nil for the user's own.
        var folder: String?
    }

    var variables: [String: VariableText.Value] = [:]
    /// The folder, from the checkout's root.
    var folder = ""
    /// Who is logged in to Docker Hub.
    var logins: Set<LoginOwner> = []
    /// Whether everything is logged in, by `DOCKER_AUTH_CONFIG` or a configuration that was written.
    var isAlwaysLoggedIn = false
    /// Images that were pulled or built before, in full where they can be read.
    var local: Set<String> = []
    /// Whether images were loaded from a file, so that any may be there.
    var hasLoadedImages = false
    /// The user who runs the commands.
    var user = "root"

    /// A variable's value.
    func value(_ name: String) -> VariableText.Value {
        name == "CODEBUILD_SRC_DIR" || name == "PWD" && folder.isEmpty
            ? .known(CheckoutReader.root) : variables[name] ?? .unknown
    }

    /// Puts values into a word.
    func expand(_ text: String) -> VariableText { VariableText(text, escape: "\u{0}", value: value) }

    /// Takes `NAME=value`; one that only sometimes happens leaves the value likely, or open.
    mutating func assign(_ word: ShellWord, certain: Bool) {
        guard let equals = word.text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return }
        let name = String(word.text[..<equals])
        let text = String(word.text[word.text.utf8.index(after: equals)...])
        let expanded = word.hasExpansion ? expand(text) : VariableText(text, escape: "\u{0}") { _ in .unknown }
        let isKnown = word.substitutions.isEmpty && expanded.isResolved
        guard !name.hasSuffix("+") else { return variables[String(name.dropLast())] = .unknown }
        let fresh: VariableText.Value =
            !isKnown ? .unknown : expanded.isSure && certain ? .known(expanded.text) : .likely(expanded.text)
        switch (certain, variables[name]) {
        case (true, _), (false, nil), (false, .unknown): variables[name] = fresh
        case (false, .known(let old)) where fresh == .likely(old): return
        default: variables[name] = .unknown
        }
    }

    func isLoggedIn(user: String, config: String?) -> Bool {
        if isAlwaysLoggedIn { return true }
        let folder = config ?? own
        return logins.contains(LoginOwner(user: user, folder: folder))
    }

    mutating func logIn(user: String, config: String?) { logins.insert(LoginOwner(user: user, folder: config ?? own)) }

    mutating func logOut(user: String, config: String?) { logins.remove(LoginOwner(user: user, folder: config ?? own)) }

    private var own: String? {
        switch variables["DOCKER_CONFIG"] {
        case .known(let text), .likely(let text): text
        case .unknown: "$DOCKER_CONFIG"
        case nil: nil
        }
    }

    func hasImage(_ image: ImageName) -> Bool { local.contains(Self.key(image)) }

    mutating func keepImage(_ image: ImageName) { local.insert(Self.key(image)) }

    private static func key(_ image: ImageName) -> String { image.reference?.canonical ?? image.text }
}
