internal import Core

/// Values of options as a script hands them in.
enum OptionValue {
    /// Throws `usage` for an option that was given with nothing in it, which is most often a variable that is not set.
    static func check(_ given: [(option: String, value: String?)]) throws {
        for (option, value) in given where value?.trimmed.isEmpty == true {
            throw UnthrottleError(
                .usage, "\(option) has an empty value",
                hint: "Is a variable of your script not set? Else leave \(option) out.")
        }
    }
}
