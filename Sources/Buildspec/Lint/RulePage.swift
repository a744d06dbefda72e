/// The rules for people: one of them, or the page of all.
public enum RulePage {
    /// What `--explain` prints about a rule.
    public static func text(of rule: LintRule) -> String {
        "\(rule.id) (\(rule.severity.rawValue)): \(rule.title)\n\n\(rule.explanation)\n\nWhat to do: \(rule.fix)\n"
    }

    /// The documentation's page, in Markdown.
    public static var markdown: String {
        var page = """
            # Rules of `unthrottle lint`

            `unthrottle lint --explain ID` prints one of these, `unthrottle lint --explain all` this page. `--fix` does what the \
            rules say of it; every other byte of the file is kept.

            """
        for rule in LintRule.all {
            page += "\n## \(rule.id)\n\n\(rule.title) (\(rule.severity.rawValue)).\n\n\(rule.explanation)\n\n"
            page += "What to do: \(rule.fix)\(remark(rule))\n"
        }
        return page
    }

    private static func remark(_ rule: LintRule) -> String {
        if rule.isFixedByLogin { return " `--fix` does it." }
        return rule.isRepaired ? " `--fix` does it where the command is written plainly." : ""
    }
}
