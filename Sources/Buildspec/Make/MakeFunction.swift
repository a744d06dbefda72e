/// A function of make (GNU make manual, 8).
enum MakeFunction: String {
    case subst, patsubst, strip, findstring, filter, sort, word, wordlist, words, firstword, lastword
    case dir, notdir, suffix, basename, addsuffix, addprefix, join, wildcard, realpath, abspath
    case `if`, or, and, intcmp, foreach, file, call, value, eval, origin, flavor, error, warning, info, shell, guile
    case filterOut = "filter-out"
    case let_ = "let"

    /// How many arguments it has; the last one keeps its commas.
    var arguments: Int {
        switch self {
        case .subst, .patsubst, .wordlist, .foreach, .if, .let_: 3
        case .findstring, .filter, .filterOut, .word, .addsuffix, .addprefix, .join, .file: 2
        case .or, .and, .call, .intcmp: 64
        default: 1
        }
    }
}
