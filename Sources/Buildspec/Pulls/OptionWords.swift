/// A command's words sorted into options and operands.
struct OptionWords {
    private(set) var options: [(name: String, value: String)] = []
    private(set) var operands: [ShellWord] = []

    /// Sorts `words`. Every option but the `flags` takes a value, in the same word or the next one. `untilOperand` leaves
    /// everything after the first operand to the operands.
    init(_ words: some Sequence<ShellWord>, flags: Set<String>, untilOperand: Bool = false) {
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
            } else if let equals = text.firstIndex(of: "=") {
                options.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
            } else if flags.contains(text) {
                options.append((text, ""))
            } else if !text.hasPrefix("--"), text.count > 2 {
                options.append((String(text.prefix(2)), String(text.dropFirst(2))))
            } else {
                waiting = text
            }
        }
    }

    /// The values of an option under any of its names.
    func values(_ names: String...) -> [String] { options.filter { names.contains($0.name) }.map(\.value) }

    /// Whether it is there.
    func has(_ name: String) -> Bool { options.contains { $0.name == name } }
}
