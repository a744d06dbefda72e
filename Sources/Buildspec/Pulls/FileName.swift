/// The name of a file under a pattern of the shell's (POSIX, 2.13): `*` and `?`.
enum FileName {
    /// Whether the pattern stands for the name.
    static func matches(_ name: some StringProtocol, _ pattern: some StringProtocol) -> Bool {
        let (name, pattern) = (Array(name.utf8), Array(pattern.utf8))
        var (at, position) = (0, 0)
        var star: (position: Int, at: Int)?
        while at < name.count {
            if position < pattern.count, pattern[position] == UInt8(ascii: "*") {
                star = (position, at)
                position += 1
            } else if position < pattern.count, pattern[position] == UInt8(ascii: "?") || pattern[position] == name[at]
            {
                (at, position) = (at + 1, position + 1)
            } else if let last = star {
                // One byte more for the last star.
                star = (last.position, last.at + 1)
                (at, position) = (last.at + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
