internal import Core

/// A text of a Makefile with the values of its references in it, as make puts them in before a shell reads it (GNU make manual,
/// 6.1, 6.3 and 8).
///
/// What make takes from a shell stays a substitution of the shell, and a variable that nothing sets one of the shell's. A value of
/// one word that something out of sight may set otherwise stands between marks, so that the one who reads the text can tell it
/// from those that are sure.
struct MakeText {
    static let opening = UInt8(1)
    static let closing = UInt8(2)
    /// What stands for a function whose text is not known. The shell reads a substitution that does nothing.
    static let unresolved = "$(:)"
    /// Values that double each other grow past any memory; no honest one is longer.
    static let longest = 1 << 16
    private static let mostSteps = 4096
    /// As many bytes that are read or made cost a step.
    private static let bytesOfStep = 256
    private static let deepest = 32
    /// What the names of automatic variables start with.
    private static let automatic = Array("@<^*?+|%".utf8)

    let written: String
    /// The text, with marks.
    private(set) var text = ""
    /// Whether nothing out of sight makes it another one.
    var isSure = true
    /// Whether words that no mark can stand around are not sure.
    var isDoubtful = false
    /// A function that may hide a command.
    var hidden: String?
    /// What `$(eval ...)` has make read.
    var evaluated: [String] = []
    /// Whether a value came from an automatic variable, so that another target has another text.
    private(set) var isAutomatic = false
    /// Whether make reads the text at once, and runs what a shell is asked then.
    let isImmediate: Bool

    let variables: MakeVariables
    /// The automatic variables, and those of `call` and `foreach`, expanded.
    var locals: [String: String]
    /// Whether a variable that nothing sets is empty, as it is for make, and none of a shell that may set it.
    var emptiesUnset: Bool
    private var open: [String] = []
    private var steps = 0
    private var produced = 0
    private var depth = 0
    /// Whether the text grew too long or too deep: nothing more is put in.
    private(set) var isOver = false

    init(
        _ written: String, in variables: MakeVariables, locals: [String: String] = [:], emptiesUnset: Bool = false,
        isImmediate: Bool = false
    ) {
        self.written = written
        self.variables = variables
        self.locals = locals
        self.emptiesUnset = emptiesUnset
        self.isImmediate = isImmediate
        text = expand(written)
    }

    /// The text without marks.
    var plain: String { Self.plain(text) }

    static func plain(_ text: String) -> String {
        guard text.utf8.contains(opening) else { return text }
        return String(decoding: text.utf8.filter { $0 != opening && $0 != closing }, as: UTF8.self)
    }

    /// Puts values into a part.
    mutating func expand(_ written: String) -> String {
        guard written.utf8.contains(MakeSyntax.dollar) else { return written }
        guard depth < Self.deepest, !isOver else { return giveUp(written) }
        depth += 1
        defer { depth -= 1 }
        var out: [UInt8] = []
        let bytes = Array(written.utf8)
        var rest = bytes[...]
        while let dollar = rest.firstIndex(of: MakeSyntax.dollar) {
            out += rest[..<dollar]
            rest = rest[(dollar + 1)...]
            guard let next = rest.first else { break }
            if next == MakeSyntax.dollar {
                out.append(next)
                rest = rest.dropFirst()
            } else if MakeSyntax.isOpening(next) {
                guard let end = MakeSyntax.closing(of: dollar + 1, in: rest) else {
                    out.append(MakeSyntax.dollar)
                    break
                }
                let value = reference(rest[(dollar + 2)..<end])
                rest = rest[(end + 1)...]
                append(value, to: &out, before: rest)
            } else if ASCII.isName(next) || Self.automatic.contains(next) {
                rest = rest.dropFirst()
                append(value(of: String(UnicodeScalar(next))), to: &out, before: rest)
            } else {
                out.append(MakeSyntax.dollar)
            }
            if isOver || out.count > Self.longest { return giveUp(written) }
        }
        return String(decoding: out + rest, as: UTF8.self)
    }

    /// Counts work that is done; false where that is more than any honest text needs.
    mutating func charge(_ count: Int = 1, bytes: Int = 0) -> Bool {
        let count = count + bytes / Self.bytesOfStep
        steps += count
        let isLeft = variables.reading.spend(count)
        guard steps < Self.mostSteps, isLeft, !isOver else {
            _ = giveUp(written)
            return false
        }
        return true
    }

    /// A text that no honest Makefile has.
    private mutating func giveUp(_ written: String) -> String {
        hidden = hidden ?? String(written.prefix(80))
        (isSure, isOver) = (false, true)
        return Self.unresolved
    }

    /// What stands between the brackets of a reference: a function, a variable, or a variable whose words are changed.
    private mutating func reference(_ bytes: ArraySlice<UInt8>) -> String {
        let word = bytes.prefix { $0 > 0x20 }
        if word.count < bytes.count, let function = MakeFunction(rawValue: String(decoding: word, as: UTF8.self)) {
            guard charge(bytes: bytes.count) else { return Self.unresolved }
            let text = call(function, bytes[word.endIndex...])
            return charge(0, bytes: text.utf8.count) ? text : Self.unresolved
        }
        if let colon = MakeSyntax.firstIndex(in: bytes, where: { bytes[$0] == UInt8(ascii: ":") }),
            let equals = MakeSyntax.firstIndex(
                in: bytes[colon...], where: { bytes[$0] == UInt8(ascii: "=") })
        {
            let parts = [bytes[(colon + 1)..<equals], bytes[(equals + 1)...]].map {
                String(decoding: $0, as: UTF8.self)
            }
            let change = parts[0].contains("%") ? parts : parts.map { "%" + $0 }
            return changed(.patsubst, change + ["$(\(String(decoding: bytes[..<colon], as: UTF8.self)))"])
        }
        let name = String(decoding: bytes, as: UTF8.self)
        return value(of: name.utf8.contains(MakeSyntax.dollar) ? plainly(name) : name)
    }

    /// A part without marks, for names, lists and conditions.
    mutating func plainly(_ written: String) -> String {
        let doubt = isDoubtful
        defer { isDoubtful = doubt }
        return Self.plain(expand(written))
    }

    /// A variable's value, expanded.
    private mutating func value(of name: String) -> String {
        guard charge() else { return Self.unresolved }
        if let local = locals[name] {
            isAutomatic = isAutomatic || name.utf8.first.map { Self.automatic.contains($0) } == true
            return counted(local, of: name)
        }
        guard let found = variables.find(name), !open.contains(name) else {
            isSure = false
            return !emptiesUnset && MakeSyntax.isShellName(name) ? "${\(name)}" : ""
        }
        var text = found.text
        if found.isExpanded {
            isSure = isSure && !text.utf8.contains(Self.opening)
            isDoubtful = isDoubtful || found.isDoubtful
            hidden = hidden ?? found.hidden
        } else {
            open.append(name)
            text = expand(text)
            open.removeLast()
        }
        text = counted(text, of: name)
        return found.isSure ? text : unsure(text)
    }

    private mutating func counted(_ text: String, of name: String) -> String {
        produced += text.utf8.count
        guard charge(0, bytes: text.utf8.count) else { return Self.unresolved }
        return produced > Self.longest ? giveUp(name) : text
    }

    /// A text that something out of sight may set otherwise.
    mutating func unsure(_ text: String) -> String {
        isSure = false
        let text = text.trimmed
        // Options name no image, and what the shell puts in is not sure by itself.
        guard !text.isEmpty, !text.hasPrefix("-") else { return text }
        if text.utf8.allSatisfy(Self.isPlain) {
            return String(decoding: [Self.opening] + text.utf8 + [Self.closing], as: UTF8.self)
        }
        isDoubtful = isDoubtful || text.utf8.contains { $0 <= 0x20 && $0 > Self.closing }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || "-./:_=@+,".utf8.contains(byte) }

    /// Adds a value. One between marks that may be a program or what a program is told to do is read as it is.
    private mutating func append(_ value: String, to out: inout [UInt8], before rest: ArraySlice<UInt8>) {
        let ends = { (byte: UInt8) in byte <= 0x20 && byte > Self.closing || ";&|)".utf8.contains(byte) }
        let isWhole = out.isEmpty && rest.isEmpty && depth > 1
        if value.utf8.first == Self.opening, !isWhole, out.last.map(ends) ?? true, rest.first.map(ends) ?? true,
            Self.mayBeVerb(Self.plain(value)), !Self.endsWithOption(out)
        {
            isDoubtful = true
            out += Self.plain(value).utf8
        } else {
            out += value.utf8
        }
    }

    private static func mayBeVerb(_ word: String) -> Bool {
        let name = CheckoutReader.name(of: word)
        return word.utf8.allSatisfy { ASCII.isLower($0) || $0 == UInt8(ascii: "-") } || word.hasPrefix("/")
            || word.hasPrefix("./") || word.hasSuffix(".sh") || !ProgramTraits.of(name).isEmpty
    }

    private static func endsWithOption(_ out: [UInt8]) -> Bool {
        let end = out.lastIndex { $0 > 0x20 } ?? 0
        return out[..<end].reversed().prefix { $0 > 0x20 }.last == UInt8(ascii: "-")
    }
}
