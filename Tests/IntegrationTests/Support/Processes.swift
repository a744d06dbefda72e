import FoundationEssentials

/// The machine's processes, as /proc shows them.
enum Processes {
    /// Command lines, arguments parted by blanks, of the processes that have `text` in their arguments or variables.
    static func mentioning(_ text: String) -> [String] {
        numbers.compactMap { number in
            guard number != "\(ProcessInfo.processInfo.processIdentifier)" else { return nil }
            let line = read("/proc/\(number)/cmdline")
            return line.contains(text) || read("/proc/\(number)/environ").contains(text) ? line : nil
        }
    }

    /// Every process's arguments.
    static var commandLines: [String] { numbers.map { read("/proc/\($0)/cmdline") } }

    private static var numbers: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { $0.allSatisfy(\.isNumber) }
    }

    /// A file of /proc, of which nobody knows the length; empty where the process has gone or is another user's.
    private static func read(_ path: String) -> String {
        guard let file = FileManager.default.contents(atPath: path) else { return "" }
        return String(decoding: file.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}
