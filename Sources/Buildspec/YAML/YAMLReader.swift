internal import Core

/// Reads YAML 1.1 (and with it JSON) into nodes with positions, by libyaml.
enum YAMLReader {
    /// The only document of the text, nil for an empty one; throws `invalidInput` with line, column and the line itself. Keys that
    /// stand more than once in a mapping are noted in it, or refused, as Compose refuses them.
    static func read(_ source: SourceText, path: String, allowsRepeatedKeys: Bool = false) throws -> YAMLNode? {
        guard !source.bytes.isEmpty else { return nil }
        do {
            return try source.bytes.withUnsafeBufferPointer { bytes in
                var composer = try YAMLComposer(bytes, allowsRepeatedKeys: allowsRepeatedKeys)
                return try composer.document()
            }
        } catch let failure as YAMLParser.Failure {
            throw refusal(failure, source, path: path)
        } catch let refused as YAMLComposer.Refusal {
            throw refusal(refused, source, path: path)
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

    private static func refusal(_ failure: YAMLParser.Failure, _ source: SourceText, path: String) -> UnthrottleError {
        switch failure {
        case .grammar(let problem, _, let context?, let since) where context.contains("simple key"):
            // libyaml notices a missing colon a line too late; the context knows where the key began.
            refusal("this is not YAML: \(problem)", at: since, source, path: path)
        case .grammar(let problem, let position, _, _):
            refusal("this is not YAML: \(problem)", at: position, source, path: path)
        case .character:
            refusal(
                "this is not YAML: control characters are not allowed", at: firstControlCharacter(source), source,
                path: path)
        case .memory: UnthrottleError(.invalidInput, "\(path) takes more memory to read than there is")
        }
    }

    private static func refusal(_ refused: YAMLComposer.Refusal, _ source: SourceText, path: String) -> UnthrottleError
    {
        switch refused {
        case .secondDocument(let position):
            refusal("a second document starts here, and a file holds one", at: position, source, path: path)
        case .unknownAlias(let position):
            refusal("this is not YAML: this alias has no anchor before it", at: position, source, path: path)
        case .repeatedKey(let key): refusal(key.description, at: key.position, source, path: path)
        case .keyWithMembers(let position):
            refusal(
                "a map or a list stands where a name belongs; the {{ }} of a template makes one unless it is quoted",
                at: position, source, path: path)
        case .tooDeep(let position):
            refusal(
                "more than \(YAMLComposer.deepestNesting) levels inside each other", at: position, source, path: path)
        case .tooMany:
            UnthrottleError(
                .invalidInput, "\(path) stands for more than \(YAMLComposer.mostNodes) values, through its aliases")
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
}

extension String {
    /// A tab shown as one blank, so that a caret below stands where it should.
    fileprivate var replacingTabs: String { String(map { $0 == "\t" ? " " : $0 }) }
}
