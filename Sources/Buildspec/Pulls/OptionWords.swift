/// A command's words sorted into options and operands.
struct OptionWords {
    private(set) var options: [(name: String, value: String)] = []
    private(set) var operands: [ShellWord] = []

    /// Sorts `words`. Every option but the `flags` takes a value, in the same word or the next one. `untilOperand` leaves
    /// everything after the first operand to the operands.
    init(_ words: some Sequence<ShellWord>, flags: Set<String>, untilOperand: Bool = false) {
        self.init(words, untilOperand: untilOperand) { !flags.contains($0) }
    }

    /// Sorts `words` where only the options of `valued` take a value.
    init(_ words: some Sequence<ShellWord>, valued: Set<String>, untilOperand: Bool = false) {
        self.init(words, untilOperand: untilOperand) { valued.contains($0) }
    }

    private init(
        _ words: some Sequence<ShellWord>, untilOperand: Bool, isValued: (_ name: String) -> Bool
    ) {
        var waiting: String?
        var isOver = false
        for word in words {
            let text = word.text
            if let name = waiting {
                options.append((name, text))
                waiting = nil
            } else if isOver || !text.hasPrefix("-") || text == "-" {
                operands.append(word)
                isOver = isOver || untilOperand
            } else if text == "--" {
                isOver = true
            } else if !text.hasPrefix("--") {
                waiting = readShort(text, isValued)
            } else if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                options.append((String(text[..<equals]), String(text[text.utf8.index(after: equals)...])))
            } else if isValued(text) {
                waiting = text
            } else {
                options.append((text, ""))
            }
        }
    }

    /// Short options may stand together; the rest behind one that takes a value is its value. Returns the one that waits for it.
    private mutating func readShort(_ text: String, _ isValued: (String) -> Bool) -> String? {
        var letters = text.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            guard isValued(name) else {
                options.append((name, ""))
                continue
            }
            guard !letters.isEmpty else { return name }
            options.append((name, String(letters.first == "=" ? letters.dropFirst() : letters)))
            return nil
        }
        return nil
    }

    /// The values of an option under any of its names.
    func values(_ names: String...) -> [String] { options.filter { names.contains($0.name) }.map(\.value) }

    /// Whether it is there.
    func has(_ name: String) -> Bool { options.contains { $0.name == name } }
}
