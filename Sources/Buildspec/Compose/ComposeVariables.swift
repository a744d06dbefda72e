/// The variables that fill a compose project's texts: those of the environment, then those of its environment files.
struct ComposeVariables {
    private let environment: (String) -> VariableText.Value
    private var fileValues: [String: VariableText.Value] = [:]

    init(environment: @escaping (String) -> VariableText.Value) {
        self.environment = environment
    }

    /// The same, where the text of an environment file fills what is open.
    func filled(by text: String) -> ComposeVariables {
        var result = self
        result.fileValues.merge(EnvironmentFile.values(of: text, environment: value)) { own, _ in own }
        return result
    }

    /// The same with each of the files that is there, the earlier before the later.
    func filled(by paths: [String], in checkout: CheckoutReader) -> ComposeVariables {
        paths.compactMap { checkout.text(of: $0) }.reduce(self) { $0.filled(by: $1) }
    }

    func value(_ name: String) -> VariableText.Value {
        switch environment(name) {
        case .unknown: fileValues[name] ?? .unknown
        case let value: value
        }
    }

    /// The parts of a variable's value, known or likely.
    func list(_ name: String, separator: Character) -> [String] {
        switch value(name) {
        case .known(let text), .likely(let text): text.split(separator: separator).map(String.init)
        case .partial, .unknown: []
        }
    }

    /// Whether nothing out of sight gives it another value.
    func knows(_ name: String) -> Bool { if case .known = value(name) { true } else { false } }

    func expand(_ text: String) -> VariableText { Self.expand(text, value: value) }

    /// Compose's interpolation: `$$` is a dollar sign.
    static func expand(_ text: String, value: (String) -> VariableText.Value) -> VariableText {
        let mark = "\u{1}"
        guard text.contains("$$") else { return VariableText(text, value: value) }
        var result = VariableText(text.replacing("$$", by: mark), value: value)
        result.restore(mark, as: "$")
        return result
    }
}
