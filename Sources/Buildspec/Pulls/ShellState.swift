internal import Core

/// What a shell knows while its commands are followed: variables, the folder, logins, images that are there already.
struct ShellState: VariableSource {
    /// Whose login: docker keeps it in the user's configuration folder.
    struct LoginOwner: Hashable {
        var user: String
        /// `DOCKER_CONFIG` or `--config` as written; nil for the user's own.
        var folder: String?
    }

    /// What a subshell keeps to itself.
    struct Scope {
        var variables: ShellVariables
        /// `$1`, `$2`, ...
        var positions: [VariableText.Value] = []
        /// The folder, from the checkout's root.
        var folder = ""
    }

    var scope: Scope
    /// Where `cd -` and `popd` lead.
    var earlierFolders: [String] = []
    /// Who is logged in to Docker Hub.
    var logins: Set<LoginOwner> = []
    /// Whether everything is logged in, by `DOCKER_AUTH_CONFIG` or a configuration that was written.
    var isAlwaysLoggedIn = false
    /// Images that were pulled or built before, in full where they can be read.
    var local = Self.built
    /// The services that compose built in a project of which only the machine knows the name.
    private var composeServices: Set<String> = []
    /// Whether a program out of sight may have made images, so that any may be there.
    var mayHaveImages = false
    /// Whether images were loaded from a file, under names that it tells.
    var hasLoadedImages = false
    /// The variables that a login to ECR names as its registry.
    var registries: Set<String> = []
    /// The user who runs the commands.
    var user = "root"

    /// What the id that a build prints stands for.
    private static let built: Set = [ImageName(ShellScript.idOfBuiltImage).identity]

    init(variables: ShellVariables = ShellVariables()) { scope = Scope(variables: variables) }

    /// How many variables and images it holds, which is what a copy costs.
    var size: Int { scope.variables.count + local.count }

    var variables: ShellVariables {
        get { scope.variables }
        _modify { yield &scope.variables }
    }

    var folder: String {
        get { scope.folder }
        set {
            scope.folder = newValue
            scope.variables.forgetFolders()
        }
    }

    /// A variable's value.
    func value(_ name: String) -> VariableText.Value { ownValue(name) ?? variables[name]?.withoutMarks ?? .unknown }

    /// The value of a variable that the shell sets itself; nil for any other.
    private func ownValue(_ name: String) -> VariableText.Value? {
        switch name {
        case "CODEBUILD_SRC_DIR": return .known(CheckoutReader.root)
        case "PWD" where folder != CheckoutReader.outside:
            return .known(folder.isEmpty ? CheckoutReader.root : CheckoutReader.root + "/" + folder)
        default:
            guard let first = name.utf8.first, ASCII.isDigit(first), let number = Int(name), number > 0 else {
                return nil
            }
            return number <= scope.positions.count ? scope.positions[number - 1] : .unknown
        }
    }

    /// Puts values into a word.
    func expand(_ text: String) -> VariableText { VariableText(text, from: self) }

    /// `$1`, `$2`, ... as far as they are there.
    private var positions: [ShellWord] {
        var words: [ShellWord] = []
        for value in scope.positions {
            switch value {
            case .known(let text), .likely(let text), .partial(let text):
                words.append(ShellWord(text: text, hasExpansion: text.contains("$")))
            case .unknown: return words
            }
        }
        return words
    }

    /// Sets `$1`, `$2`, ...
    mutating func setPositions(_ words: some Collection<ShellWord>) {
        scope.positions = words.prefix(Self.mostPositions).map { expand($0.text).value }
    }

    private static let mostPositions = 60

    /// `shift`: `$1` is what `$2` was.
    mutating func shift(by count: Int) {
        // As the shell does it, more than there are moves nothing.
        guard count > 0, count <= scope.positions.count else { return }
        scope.positions.removeFirst(count)
    }

    /// The ways to write all of `$1`, `$2`, ...
    static let allPositions: Set = ["$@", "${@}", "$*", "${*}"]

    /// The words with those that variables alone stand for.
    func split(_ words: ArraySlice<ShellWord>) -> ArraySlice<ShellWord> {
        var changed: [ShellWord]?
        for index in words.indices {
            let isOpen = words[index].hasExpansion
            // Most stay as they are.
            guard isOpen, let others = words[index].standsForOptions ? [] : self.words(of: words[index].text) else {
                changed?.append(words[index])
                continue
            }
            if changed == nil { changed = Array(words[..<index]) }
            changed? += others
        }
        return changed.map { $0[...] } ?? words
    }

    /// The words that an unquoted `$NAME` alone becomes when it holds several words, an option or nothing; nil where it stands
    /// for one word, or nothing is known of it.
    func words(of text: String) -> [ShellWord]? {
        guard text.utf8.first == UInt8(ascii: "$") else { return nil }
        if text.utf8.count < 5, Self.allPositions.contains(text) { return positions.isEmpty ? nil : positions }
        var bytes = text.utf8.dropFirst()
        if bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") { bytes = bytes.dropFirst().dropLast() }
        if bytes.last == UInt8(ascii: "]"), Substring(bytes).hasSuffix("[@]") { bytes = bytes.dropLast(3) }
        guard bytes.allSatisfy(ASCII.isName) else { return nil }
        let name = String(Substring(bytes))
        // Options that a project may set: `docker run $OPTIONS image`.
        var isOptions: Bool { ["OPT", "ARGS", "FLAG", "PARAM"].contains { name.uppercased().contains($0) } }
        let value: String
        switch variables[name] ?? ownValue(name) ?? .unknown {
        case .known(let text), .likely(let text): value = text
        case .partial(let text) where text.contains(" ") && !text.contains("("): value = text
        case .partial, .unknown: return isOptions ? [] : nil
        }
        if !value.contains(" "), !value.hasPrefix("-"), value.utf8.allSatisfy({ $0 > 0x20 }) {
            return value.isEmpty ? [] : nil
        }
        let words = value.split(whereSeparator: \.isWhitespace).map {
            String($0.filter { $0 != "\"" && $0 != "'" }).replacing(ShellWord.blankInItem, by: " ")
        }
        if words.count == 1, !words[0].hasPrefix("-"), !value.hasPrefix(" ") { return nil }
        return words.filter { !$0.contains("$") || !isOptions }
            .map { ShellWord(text: $0, hasExpansion: $0.contains("$")) }
    }

    /// Takes `NAME=value`; one that only sometimes happens leaves the value likely, or open.
    mutating func assign(_ word: ShellWord, certain: Bool) {
        guard let equals = word.text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return }
        var name = String(word.text[..<equals])
        let text = String(word.text[word.text.utf8.index(after: equals)...])
        let expanded = word.hasExpansion ? expand(text) : VariableText(text)
        guard !name.hasSuffix("+") else {
            name = String(name.dropLast())
            switch variables[name] {
            case .known(let old) where expanded.isResolved, .likely(let old) where expanded.isResolved:
                let text = old + expanded.text
                guard text.utf8.count <= VariableText.longestText else { return variables[name] = .partial("$" + name) }
                return variables[name] = certain && expanded.isSure ? .known(text) : .likely(text)
            case .partial(let old)
            where expanded.isResolved && old != "$" + name && old.utf8.count < VariableText.longestText / 2:
                return variables[name] = .partial(old + expanded.text)
            default: return variables[name] = .partial("$" + name)
            }
        }
        let fresh: VariableText.Value =
            if expanded.isResolved {
                expanded.isSure && certain ? .known(expanded.text) : .likely(expanded.text)
            } else if expanded.text.hasPrefix("$(...)") && expanded.text.count == 6 || expanded.text.utf8.count > 500 {
                .partial("$" + name)
            } else {
                .partial(expanded.text)
            }
        switch (certain, variables[name]) {
        case (true, _), (false, nil), (false, .unknown): variables[name] = fresh
        case (false, .known(let old)) where fresh == .likely(old): return
        case (false, let old) where fresh == old: return
        case (false, .likely(let old)) where Self.composes.contains(old) && fresh.isOne(of: Self.composes): return
        default: variables[name] = .partial("$" + name)
        }
    }

    /// The ways to call compose, between which scripts choose.
    static let composes: Set = ["docker compose", "docker-compose"]

    /// Takes `NAME=...` with a value that the text does not tell.
    mutating func forget(_ word: ShellWord) {
        variables[String(word.text.prefix { $0 != "=" && $0 != "+" })] = .unknown
    }

    func isLoggedIn(user: String, config: String?) -> Bool {
        if isAlwaysLoggedIn || variables["DOCKER_AUTH_CONFIG"] != nil { return true }
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

    func hasImage(_ image: ImageName) -> Bool { local.contains(image.identity) }

    mutating func keepImage(_ image: ImageName) { local.insert(image.identity) }

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

    mutating func keepImage(named text: String) { local.insert(ImageName.identity(of: text)) }
}

extension VariableText.Value {
    /// A list's items as one text.
    fileprivate var withoutMarks: VariableText.Value {
        switch self {
        case .known(let text) where text.hasPrefix(" "): .known(Self.withoutMarks(text))
        case .likely(let text) where text.hasPrefix(" "): .likely(Self.withoutMarks(text))
        default: self
        }
    }

    private static func withoutMarks(_ text: String) -> String {
        text.dropFirst().replacing(ShellWord.blankInItem, by: " ")
    }

    fileprivate func isOne(of texts: Set<String>) -> Bool {
        switch self {
        case .known(let text), .likely(let text): texts.contains(text)
        case .partial, .unknown: false
        }
    }
}

extension ShellWord {
    /// Whether it is an option, or nothing: `${TTY:+-it}`, `$(test -t 0 && echo -it)`.
    fileprivate var standsForOptions: Bool {
        if text == "$(...)", let last = substitutions.first?.commands.last {
            return last.program.name == "echo" && last.words.dropFirst().first?.text.hasPrefix("-") == true
        }
        return text.hasPrefix("${") && (text.contains("+-") || text.contains(":--"))
    }
}
