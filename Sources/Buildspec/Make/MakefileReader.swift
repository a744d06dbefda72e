internal import Core

/// Reads a Makefile line by line, as make does: what stands above sets what stands below (GNU make manual, 3.7).
struct MakefileReader {
    private(set) var makefile: Makefile
    private var conditions = MakeConditions()
    /// The targets to which the recipe's lines belong; nil where no rule is open.
    private var current: [Owner]?
    /// The targets whose recipe so far is another rule's.
    private var replaced: Set<String> = []
    private var definition: (line: String, lines: [String], depth: Int)?
    private var prefix: Character = "\t"
    private var depth = 0
    private var texts = 0
    /// How many lines and needs the targets have, where a long need counts as several.
    private var entries = 0

    /// Whose a recipe's line is: a target's, or that of the pattern of this number.
    private enum Owner {
        case target(String)
        case pattern(Int)
    }

    private static let deepest = 8
    private static let mostTexts = 10_000
    private static let mostBytes = 1 << 22
    private static let mostEntries = 1 << 19

    init(_ makefile: Makefile) { self.makefile = makefile }

    /// Reads a file's text, or one that a function made.
    mutating func read(_ text: String, name: String? = nil) {
        texts += 1
        makefile.bytes += text.utf8.count
        guard depth < Self.deepest, texts < Self.mostTexts, makefile.bytes < Self.mostBytes else {
            makefile.isCut = true
            return
        }
        if let name { makefile.variables.setOwn("MAKEFILE_LIST", expand("$(MAKEFILE_LIST)") + " " + name) }
        depth += 1
        // Marks are this program's own.
        for line in MakeSyntax.logicalLines(MakeText.plain(text)) {
            guard !makefile.variables.reading.isSpent else {
                makefile.isCut = true
                break
            }
            makefile.variables.reading.isConditional = conditions.isOpen
            read(line: line)
        }
        depth -= 1
    }

    private mutating func read(line: String) {
        if definition != nil { return define(line) }
        if line.first == prefix, current != nil {
            if !conditions.isSkipped { addLine(String(line.dropFirst())) }
            return
        }
        let trimmed = line.trimmed
        if trimmed.isEmpty || trimmed.hasPrefix("#") || conditions.take(trimmed, makefile.variables) { return }
        if MakeAssignment.isDefinition(trimmed) {
            (definition, current) = ((MakeSyntax.withoutComment(trimmed), [], 1), nil)
            return
        }
        guard !conditions.isSkipped else { return }
        if !directive(MakeSyntax.withoutComment(trimmed)) { statement(line) }
    }

    private mutating func define(_ line: String) {
        guard var definition else { return }
        let trimmed = line.trimmed
        if MakeAssignment.isDefinition(trimmed) { definition.depth += 1 }
        if MakeSyntax.words(MakeSyntax.withoutComment(trimmed)) == ["endef"] { definition.depth -= 1 }
        if definition.depth > 0 {
            definition.lines.append(line)
            self.definition = definition
            return
        }
        self.definition = nil
        guard !conditions.isSkipped,
            let assignment = MakeAssignment(definition: definition.line, lines: definition.lines)
        else { return }
        set(assignment)
    }

    /// `include`, `export`, `unexport`, `undefine`; false for anything else.
    private mutating func directive(_ line: String) -> Bool {
        let words = MakeSyntax.words(line)
        switch words.first {
        case "include", "-include", "sinclude":
            include(String(line.drop { !$0.isWhitespace }), isOptional: words.first != "include")
        case "export" where MakeAssignment(line) == nil:
            let names = MakeSyntax.words(expand(words.dropFirst().joined(separator: " ")))
            // Names that a shell lists are mostly those of a file that is included.
            makefile.variables.export(names.contains { $0.contains("$(") } ? [] : names)
        case "unexport":
            makefile.variables.withhold(MakeSyntax.words(expand(words.dropFirst().joined(separator: " "))))
        case "undefine": for name in words.dropFirst() { makefile.variables.undefine(name) }
        case "vpath": break
        default: return false
        }
        current = nil
        return true
    }

    private mutating func include(_ written: String, isOptional: Bool) {
        let text = MakeText(written, in: makefile.variables, isImmediate: true)
        for name in MakeSyntax.words(text.plain) {
            if let found = makefile.variables.surroundings.file(name) {
                read(found, name: name)
            } else {
                // A pattern's files are not known, nor those that another rule or command makes.
                let isOpen = name.contains { "*?[$".contains($0) }
                makefile.hasHiddenFiles = makefile.hasHiddenFiles || isOpen || !isOptional
            }
        }
    }

    private mutating func statement(_ line: String) {
        let whole = MakeSyntax.withoutComment(line)
        if let assignment = MakeAssignment(whole) {
            set(assignment)
            current = nil
        } else if !addRule(whole) {
            // A function alone: what it makes is read in turn.
            current = nil
            guard whole.contains("$") else { return }
            let text = MakeText(whole.trimmed, in: makefile.variables, emptiesUnset: true, isImmediate: true)
            makefile.isCut = makefile.isCut || text.isOver
            for evaluated in text.evaluated { read(evaluated) }
            if !text.plain.trimmed.isEmpty, text.plain != whole.trimmed { read(text.plain) }
        }
    }

    private mutating func set(_ assignment: MakeAssignment) {
        let name = expand(assignment.name).trimmed
        makefile.variables.set(name, assignment, in: conditions.branch)
        if name == ".RECIPEPREFIX" { prefix = assignment.text.first ?? "\t" }
    }

    private mutating func addLine(_ text: String) {
        let line = Makefile.Line(text: text, isConditional: conditions.isOpen)
        for owner in current ?? [] {
            guard fits(1) else { return }
            switch owner {
            case .pattern(let index): makefile.patterns[index].rule.lines.append(line)
            case .target(let target):
                if replaced.remove(target) != nil { makefile.rules[target]?.lines = [] }
                makefile.rules[target]?.lines.append(line)
            }
        }
    }

    /// Whether there is room for as many entries more.
    private mutating func fits(_ count: Int) -> Bool {
        guard entries + count <= Self.mostEntries else {
            makefile.isCut = true
            return false
        }
        entries += count
        return true
    }

    /// Takes `targets: needs; command`; false where no colon makes it a rule.
    private mutating func addRule(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        guard let colon = MakeSyntax.firstIndex(in: bytes[...], where: { bytes[$0] == UInt8(ascii: ":") }) else {
            return false
        }
        current = nil
        let tail = bytes[colon...].drop { $0 == UInt8(ascii: ":") }
        let isDouble = tail.startIndex - colon > 1
        let semicolon = MakeSyntax.firstIndex(in: tail) { bytes[$0] == UInt8(ascii: ";") }
        let right = String(decoding: tail[..<(semicolon ?? tail.endIndex)], as: UTF8.self)
        let targets = MakeSyntax.words(expand(String(decoding: bytes[..<colon], as: UTF8.self))).filter { $0 != "&" }
        // A variable of these targets, and of what they need.
        if MakeAssignment(right) != nil, let assignment = MakeAssignment(String(decoding: tail, as: UTF8.self)) {
            let name = expand(assignment.name).trimmed
            for target in targets {
                guard fits(1) else { break }
                let own = Makefile.TargetAssignment(
                    pattern: target, name: name, assignment: assignment, branch: conditions.branch)
                if target.contains("%") {
                    makefile.patternAssignments.append(own)
                } else {
                    makefile.targetAssignments[target, default: []].append(own)
                }
            }
            return true
        }
        let (written, listed) = Self.parts(of: expand(right))
        let pattern = written.flatMap { MakeSyntax.words($0).first }
        let needs = MakeSyntax.words(listed).filter { $0 != "|" }
        let size = needs.reduce(1) { $0 + 1 + $1.utf8.count / 32 }
        current = targets.compactMap { target in
            fits(size) ? add(target, pattern: pattern, needs: needs, isDouble: isDouble) : nil
        }
        if let semicolon { addLine(String(decoding: bytes[(semicolon + 1)...], as: UTF8.self)) }
        return true
    }

    /// What stands behind a rule's colon: needs, in a static pattern rule behind the pattern of its targets. A colon within a
    /// reference that could not be told is none.
    private static func parts(of text: String) -> (pattern: String?, needs: String) {
        let bytes = Array(text.utf8)
        guard let colon = MakeSyntax.firstIndex(in: bytes[...], where: { bytes[$0] == UInt8(ascii: ":") }) else {
            return (nil, text)
        }
        return (
            String(decoding: bytes[..<colon], as: UTF8.self), String(decoding: bytes[(colon + 1)...], as: UTF8.self)
        )
    }

    private mutating func add(_ target: String, pattern: String?, needs: [String], isDouble: Bool) -> Owner {
        let isConditional = conditions.isOpen
        func named(_ stem: String?) -> [Makefile.Need] {
            needs.map { need in
                Makefile.Need(name: stem.map { need.replacing("%", by: $0) } ?? need, isConditional: isConditional)
            }
        }
        switch target {
        case ".ONESHELL": makefile.hasOneShell = true
        case ".EXPORT_ALL_VARIABLES": makefile.variables.export([])
        case ".PHONY": if !isConditional { makefile.phony.formUnion(needs) }
        default: break
        }
        if target.contains("%") {
            makefile.patterns.append(Makefile.Pattern(pattern: target, rule: Makefile.Rule(needs: named(nil))))
            return .pattern(makefile.patterns.count - 1)
        }
        let stem = pattern.flatMap { MakeWords.matches(target, $0) }
        makefile.rules[target, default: Makefile.Rule()].needs += named(stem)
        if let stem { makefile.rules[target]?.stem = stem }
        // A later recipe takes an earlier one's place; which one a branch's takes is not known.
        let hasLines = makefile.rules[target]?.lines.contains { !$0.isConditional } == true
        if hasLines, !isDouble, !isConditional { replaced.insert(target) }
        if makefile.first == nil, !target.hasPrefix(".") || target.contains("/") { makefile.first = target }
        return .target(target)
    }

    /// Puts values into a part that is read at once.
    private mutating func expand(_ text: String) -> String {
        let text = MakeText(text, in: makefile.variables, emptiesUnset: true, isImmediate: true)
        makefile.isCut = makefile.isCut || text.isOver
        return text.plain
    }
}
