extension LintRule {
    static let buildspecShape = LintRule(
        id: "buildspec-shape", title: "CodeBuild refuses or ignores a part of the file", severity: .error,
        explanation: """
            A member that CodeBuild does not know, or a value of another shape than it expects. The most frequent one is a command with \
            an unquoted ': ', which YAML reads as a mapping.
            """,
        fix: "Follow the build specification reference; put commands with ': ' in single quotes.", isRepaired: true
    ) { subject in
        (subject.document?.findings ?? []).filter { !$0.member.hasPrefix("env.secrets-manager") }.map { finding in
            Hit(
                position: finding.position, message: "\(finding.member): \(finding.message)",
                severity: finding.severity == .error ? .error : .warning,
                repair: subject.root?.item(at: finding.position).flatMap(subject.quoting))
        }
    }
}

extension LintSubject {
    /// Single quotes around a command that YAML reads as a mapping because of its ': '; nil where it is longer than its line.
    fileprivate func quoting(_ item: YAMLNode) -> LintRepair? {
        guard findsRepairs, item.pairs.count == 1, let pair = item.pairs.first, pair.key.style == .plain,
            pair.key.text != nil,
            pair.value.text != nil, pair.value.position.line == item.position.line
        else { return nil }
        let start = source.offset(of: item.position)
        var end = source.line(item.position.line).endIndex
        while end > start, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 { end -= 1 }
        let text = String(decoding: source.bytes[start..<end], as: UTF8.self)
        let quoted = ScalarWriter.write(text, style: .singleQuoted, at: item.position)
        // Behind ' #' YAML sees a comment, and nobody knows whether the command should end there.
        guard !text.contains(" #"), !text.hasPrefix("{"), !text.hasPrefix("&"), !text.hasPrefix("!") else { return nil }
        return repair(item, to: text, style: .singleQuoted, in: start..<end, by: quoted.written)
    }
}
