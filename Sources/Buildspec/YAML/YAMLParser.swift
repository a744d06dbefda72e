internal import CLibYAML

/// libyaml's event parser over one text, an event at a time, with its failures as values.
struct YAMLParser: ~Copyable {
    /// One event of the document (YAML 1.1, 3.1: the serialization). Anchors are bytes: only sameness matters.
    enum Event {
        case scalar(String, YAMLNode.Style, anchor: [UInt8]?)
        case sequenceStart(anchor: [UInt8]?)
        case mappingStart(anchor: [UInt8]?)
        case alias([UInt8])
        /// The end of a sequence, a mapping or a document.
        case end
        case documentStart
        case streamStart
        case streamEnd
    }

    /// Why the text is not YAML.
    enum Failure: Error {
        /// A character that YAML does not allow.
        case character
        /// A problem of tokens or grammar. `context` is what was being read when it was met, and since where.
        case grammar(problem: String, at: Position, context: String?, since: Position)
        /// The machine has no memory left.
        case memory
    }

    private let state: UnsafeMutablePointer<yaml_parser_t>

    /// A parser of UTF-8 bytes, of which there is at least one, and which must outlive it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
        state = .allocate(capacity: 1)
        guard yaml_parser_initialize(state) == 1 else {
            state.deallocate()
            throw .memory
        }
        yaml_parser_set_encoding(state, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(state, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(state)
        state.deallocate()
    }

    /// The next event and where it starts.
    mutating func next() throws(Failure) -> (Event, Position) {
        var event = yaml_event_t()
        guard yaml_parser_parse(state, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        let position = Position(event.start_mark)
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return (.scalar(text, Self.style(scalar.style), anchor: Self.name(scalar.anchor)), position)
        case YAML_SEQUENCE_START_EVENT:
            return (.sequenceStart(anchor: Self.name(event.data.sequence_start.anchor)), position)
        case YAML_MAPPING_START_EVENT:
            return (.mappingStart(anchor: Self.name(event.data.mapping_start.anchor)), position)
        case YAML_ALIAS_EVENT: return (.alias(Self.name(event.data.alias.anchor) ?? []), position)
        case YAML_STREAM_START_EVENT: return (.streamStart, position)
        case YAML_DOCUMENT_START_EVENT: return (.documentStart, position)
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return (.streamEnd, position)
        default: return (.end, position)
        }
    }

    private var failure: Failure {
        let parser = state.pointee
        switch parser.error {
        case YAML_MEMORY_ERROR: return .memory
        case YAML_READER_ERROR: return .character
        default:
            return .grammar(
                problem: parser.problem.map { String(cString: $0) } ?? "unknown", at: Position(parser.problem_mark),
                context: parser.context.map { String(cString: $0) }, since: Position(parser.context_mark))
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8]? {
        guard let anchor else { return nil }
        var length = 0
        while anchor[length] != 0 { length += 1 }
        return Array(UnsafeBufferPointer(start: anchor, count: length))
    }
}

extension Position {
    /// libyaml counts from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
