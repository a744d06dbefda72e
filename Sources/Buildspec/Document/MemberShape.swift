/// What a member of a buildspec may hold, for those that are checked and not read further (build-spec-ref; batch-build-buildspec).
indirect enum MemberShape: Sendable {
    /// One text, number or truth value.
    case text
    /// One of these words, in upper or lower case.
    case word(Set<String>)
    /// A list of texts, or one text that stands for a list of one.
    case texts
    /// These members and no others, of which some must be there.
    case members([String: MemberShape], needed: [String] = [])
    /// Members whose names the file chooses, all of one shape.
    case named(MemberShape)
    /// A list of such values.
    case list(MemberShape)

    /// The top members that are checked.
    static let top: [String: MemberShape] = [
        "proxy": .members(["upload-artifacts": .text, "logs": .text]),
        "batch": batch,
        "reports": .named(
            .members([
                "files": .texts, "base-directory": .text, "discard-paths": .text, "file-format": .word(reportFormats),
            ])),
        "artifacts": .members(artifact.merging(["secondary-artifacts": .named(.members(artifact))]) { $1 }),
        "cache": .members(["paths": .texts, "key": .text, "fallback-keys": .texts, "action": .text]),
    ]

    private static let artifact: [String: MemberShape] = [
        "files": .texts, "name": .text, "discard-paths": .text, "base-directory": .text, "exclude-paths": .texts,
        // What `type` said in version 0.1 the project says since.
        "enable-symlinks": .text, "s3-prefix": .text, "type": .text,
    ]

    private static let reportFormats: Set = [
        "CUCUMBERJSON", "JUNITXML", "NUNITXML", "NUNIT3XML", "TESTNGXML", "VISUALSTUDIOTRX", "CLOVERXML",
        "COBERTURAXML", "JACOCOXML", "SIMPLECOV",
    ]

    private static let batch: MemberShape = .members([
        "fast-fail": .text,
        "build-list": .list(.members(task, needed: ["identifier"])),
        "build-graph": .list(.members(task.merging(["depend-on": .texts]) { $1 }, needed: ["identifier"])),
        "build-matrix": .members([
            "static": .members(["ignore-failure": .text, "env": environment(of: .text)]),
            "dynamic": .members(["buildspec": .texts, "env": environment(of: .texts)]),
        ]),
        "build-fanout": .members(["parallelism": .text, "ignore-failure": .text]),
    ])

    private static let task: [String: MemberShape] = [
        "identifier": .text, "buildspec": .text, "debug-session": .text, "ignore-failure": .text,
        "env": environment(of: .text),
    ]

    private static func environment(of value: MemberShape) -> MemberShape {
        .members([
            "compute-type": value, "fleet": value, "image": value, "privileged-mode": value, "type": value,
            "variables": .named(value),
        ])
    }
}
