internal import Core
internal import Yams

/// Reads YAML 1.1 (and with it JSON) into nodes with positions, by libyaml.
enum YAMLReader {
    /// More nodes than any honest file has; a few lines of nested aliases can stand for billions.
    private static let mostNodes = 200_000
    /// Deeper brackets would overflow the stack of a recursive parser.
    private static let deepestNesting = 256

    /// The only document of the text, nil for an empty one; throws `invalidInput` with line, column and the line
    /// itself.
    static func read(_ source: SourceText, path: String) throws -> YAMLNode? {
        try refuseDeepNesting(source, path: path)
        do {
            guard let node = try Yams.compose(yaml: source.text, .basic, .default, .utf8) else { return nil }
            var budget = mostNodes
            return try convert(node, budget: &budget, path: path)
        } catch let error as YamlError {
            throw refusal(error, source, path: path)
        }
    }

    /// The error for a file that cannot be used, with the line shown.
    static func refusal(_ problem: String, at position: Position, _ source: SourceText, path: String) -> UnthrottleError
    {
        let number = "\(position.line)"
        let caret = String(repeating: " ", count: number.count + 3 + max(position.column - 1, 0)) + "^"
        let shown = source.lineText(position.line)
        return UnthrottleError(
            .invalidInput, "\(path), \(position): \(problem)",
            hint: "\(number) | \(shown.replacingTabs)\n\(caret)")
    }

    private static func convert(_ node: Node, budget: inout Int, path: String) throws -> YAMLNode {
        budget -= 1
        guard budget > 0 else {
            throw UnthrottleError(
                .invalidInput, "\(path) stands for more than \(mostNodes) values, through its aliases")
        }
        let position = node.mark.map { Position(line: $0.line, column: $0.column) } ?? Position(line: 1, column: 1)
        switch node {
        case .scalar(let scalar):
            return YAMLNode(.scalar(scalar.string, style(scalar.style)), at: position)
        case .sequence(let items):
            return YAMLNode(.sequence(try items.map { try convert($0, budget: &budget, path: path) }), at: position)
        case .mapping(let mapping):
            let pairs = try mapping.map { key, value in
                YAMLNode.Pair(
                    key: try convert(key, budget: &budget, path: path),
                    value: try convert(value, budget: &budget, path: path))
            }
            return YAMLNode(.mapping(pairs), at: position)
        case .alias:
            throw UnthrottleError(.invalidInput, "\(path), \(position): this alias has no anchor before it")
        }
    }

    private static func style(_ style: Node.Scalar.Style) -> YAMLNode.Style {
        switch style {
        case .any, .plain: .plain
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal: .literal
        case .folded: .folded
        }
    }

    private static func refusal(_ error: YamlError, _ source: SourceText, path: String) -> UnthrottleError {
        switch error {
        case .scanner(let context?, let problem, _, _) where context.text.contains("simple key"):
            // libyaml notices a missing colon a line too late; the context knows where the key began.
            return refusal("this is not YAML: \(problem)", at: Position(context.mark), source, path: path)
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return refusal("this is not YAML: \(problem)", at: Position(mark), source, path: path)
        case .duplicatedKeysInMapping(let keys, let context):
            return refusal(
                "the key \(keys.map { "'\($0)'" }.joined(separator: ", ")) stands more than once here, "
                    + "and YAML parsers differ on which one counts", at: Position(context.mark), source, path: path)
        case .reader(let problem, _, _, _):
            return refusal("this is not YAML: \(problem)", at: firstControlCharacter(source), source, path: path)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return UnthrottleError(.invalidInput, "\(path) is not YAML", cause: error)
        }
    }

    /// Where the first character stands that YAML does not allow (YAML 1.1, 4.1.1: printable characters).
    private static func firstControlCharacter(_ source: SourceText) -> Position {
        for number in 1...max(source.lineCount, 1) {
            for (index, scalar) in source.lineText(number).unicodeScalars.enumerated() {
                switch scalar.value {
                case 0x09, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...: continue
                default: return Position(line: number, column: index + 1)
                }
            }
        }
        return Position(line: 1, column: 1)
    }

    /// Brackets and leading dashes nest without needing indentation; both parsers below recurse.
    private static func refuseDeepNesting(_ source: SourceText, path: String) throws {
        var brackets = 0
        for number in 1...max(source.lineCount, 1) {
            let line = source.line(number)
            let lead = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "?") }
            var deepest = lead.count / 4
            for byte in line {
                switch byte {
                case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(brackets - 1, 0)
                default: continue
                }
                deepest = max(deepest, brackets)
            }
            if deepest > deepestNesting {
                throw UnthrottleError(
                    .invalidInput, "\(path), line \(number): more than \(deepestNesting) levels inside each other")
            }
        }
    }
}

extension Position {
    fileprivate init(_ mark: Mark) {
        self.init(line: max(mark.line, 1), column: max(mark.column, 1))
    }
}

extension String {
    /// A tab shown as one blank, so that a caret below stands where it should.
    fileprivate var replacingTabs: String { String(map { $0 == "\t" ? " " : $0 }) }
}
