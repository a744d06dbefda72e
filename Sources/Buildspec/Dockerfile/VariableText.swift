internal import Core

/// What gives variables their values.
protocol VariableSource {
    func value(_ name: String) -> VariableText.Value
}

/// A text with `$NAME` and `${NAME...}` in it, as sh and BuildKit's lexer (frontend/dockerfile/shell) put values in.
struct VariableText {
    /// What a variable stands for.
    enum Value: Hashable {
        /// This text, for sure.
        case known(String)
        /// This text unless something out of sight sets another one.
        case likely(String)
        /// Set, with variables or substitutions in its text that the files do not tell.
        case partial(String)
        /// Nothing that the files tell.
        case unknown
    }

    /// The text with its known values; a variable without one stays as it was written.
    private(set) var text = ""
    /// Whether every variable had a value.
    private(set) var isResolved = true
    /// Whether every value is sure.
    private(set) var isSure = true

    /// What a variable stands for that is set to it.
    var value: Value { isResolved ? (isSure ? .known(text) : .likely(text)) : .partial(text) }

    /// Values that double each other grow past any memory; no honest one is longer.
    static let longestText = 1 << 16

    /// Puts values in. `escape` is the ASCII character that takes `$` its meaning; `quotes` whether quotes are removed.
    init(_ written: String, escape: UInt8? = nil, quotes: Bool = false, from source: some VariableSource) {
        var filler = VariableFiller(escape: escape, quotes: quotes)
        var written = written
        // Most words have nothing to put in.
        guard !written.withUTF8({ $0.allSatisfy(filler.isPlain) }) else {
            text = written
            return
        }
        written.withUTF8 { filler.fill($0, source) }
        text = String(decoding: filler.bytes, as: UTF8.self)
        (isResolved, isSure) = (filler.isResolved, filler.isSure)
    }

    /// The same with values by a closure.
    init(_ written: String, escape: UInt8? = nil, quotes: Bool = false, value: (_ name: String) -> Value) {
        self = withoutActuallyEscaping(value) { value in
            VariableText(written, escape: escape, quotes: quotes, from: VariableClosure(value: value))
        }
    }

    private struct VariableClosure: VariableSource {
        let value: (String) -> Value
        func value(_ name: String) -> Value { value(name) }
    }

    /// A text that has no variables.
    init(_ text: String) { self.text = text }

    /// Puts back what a mark stood for.
    mutating func restore(_ mark: String, as original: String) {
        text = text.replacing(mark, by: original)
    }
}
