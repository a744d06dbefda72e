internal import Core

/// An INI file by the rules of Python's configparser, by which botocore reads its files: `=` or `:` ends a name, names are
/// case-insensitive, a line that is indented deeper than a name continues its value, `[DEFAULT]` holds for every section, `#` and `;` start a comment only at the start of a line.
struct INIFile: Sendable, Hashable {
    /// Names (lower case) and values by section.
    private(set) var sections: [String: [String: String]] = [:]
    /// The sections' names in the order in which the file begins them.
    private(set) var titles: [String] = []

    init() {}

    /// Reads a text; throws `invalidInput` with the file's name and the line for one that is no INI file. Never with the line's text:
    /// it may be a key.
    init(_ text: String, file: String) throws {
        var section: String?
        var name: String?
        var indentation = 0
        for (index, line) in Self.lines(of: text).enumerated() {
            let content = line.trimmed
            if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
            func refuse(_ words: String) -> UnthrottleError {
                UnthrottleError(
                    .invalidInput, "\(file), line \(index + 1): \(words)",
                    hint: "Each line is a [section], a name = value, or a comment.")
            }
            let lead = line.prefix { $0.isWhitespace }.count
            if lead > indentation, let section, let name {
                sections[section, default: [:]][name, default: ""] += "\n" + content
                continue
            }
            indentation = lead
            if content.hasPrefix("[") {
                guard let end = content.lastIndex(of: "]") else { throw refuse("the section's ] is missing") }
                let title = content[content.index(after: content.startIndex)..<end].trimmed
                (section, name) = (title, nil)
                if sections[title] == nil { titles.append(title) }
                sections[title, default: [:]].merge([:]) { $1 }
            } else if let section, let end = content.firstIndex(where: { $0 == "=" || $0 == ":" }) {
                let key = content[..<end].trimmed.lowercased()
                guard !key.isEmpty else { throw refuse("a value without a name") }
                name = key
                sections[section, default: [:]][key] = content[content.index(after: end)...].trimmed
            } else {
                throw refuse(
                    section == nil ? "a line before the first section" : "neither a section nor a name = value")
            }
        }
        guard let everywhere = sections.removeValue(forKey: "DEFAULT") else { return }
        titles.removeAll { $0 == "DEFAULT" }
        for title in titles { sections[title]?.merge(everywhere) { own, _ in own } }
    }

    private static func lines(of text: String) -> [Substring] {
        let text = text.hasPrefix("\u{feff}") ? text.dropFirst() : text[...]
        return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }
}
