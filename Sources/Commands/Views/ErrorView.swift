internal import Core

/// An error for programs: what `--json` answers on standard output where the verb failed.
struct ErrorView {
    let error: UnthrottleError

    /// `{"error": {"code", "message", "hint", "exitStatus"}}`; the hint is null where there is none.
    var json: JSON {
        [
            "error": [
                "code": .string(error.code.description), "message": .string(error.description),
                "hint": error.hint.map { .string($0) } ?? nil, "exitStatus": .integer(Int64(error.code.exitStatus)),
            ]
        ]
    }
}
