internal import Core

/// Where make splits its texts: what stands in a reference splits nothing (GNU make manual, 3.1, 5.1 and 8.1).
enum MakeSyntax {
    static let dollar = UInt8(ascii: "$")

    /// The lines, those joined that a backslash continues.
    static func logicalLines(_ text: String) -> [String] {
        var lines: [String] = []
        var held = ""
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            // A backslash that another one quotes continues nothing.
            if line.utf8.last == UInt8(ascii: "\\"),
                !line.utf8.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count.isMultiple(of: 2)
            {
                held += line.dropLast() + " "
            } else {
                lines.append(held + line)
                held = ""
            }
        }
        return held.isEmpty ? lines : lines + [held]
    }

    /// A line without its comment.
    static func withoutComment(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "#")) else { return line }
        let bytes = Array(line.utf8)
        let end = firstIndex(in: bytes[...]) {
            bytes[$0] == UInt8(ascii: "#") && ($0 == 0 || bytes[$0 - 1] != UInt8(ascii: "\\"))
        }
        return end.map { String(decoding: bytes[..<$0], as: UTF8.self) } ?? line
    }

    /// Where the bracket closes that stands at `start`; only brackets of its kind count.
    static func closing(of start: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        let opening = bytes[start]
        let closing = opening == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
        var depth = 0
        for index in start..<bytes.endIndex {
            if bytes[index] == opening { depth += 1 }
            if bytes[index] == closing {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    /// The first index outside of references that is wanted.
    static func firstIndex(in bytes: ArraySlice<UInt8>, where isWanted: (Int) -> Bool) -> Int? {
        var index = bytes.startIndex
        var isBroken = false
        while index < bytes.endIndex {
            if bytes[index] == dollar, index + 1 < bytes.endIndex, !isBroken {
                guard isOpening(bytes[index + 1]) else {
                    index += 2
                    continue
                }
                if let end = closing(of: index + 1, in: bytes) {
                    index = end + 1
                    continue
                }
                // What follows it is not looked through again and again.
                isBroken = true
            }
            if isWanted(index) { return index }
            index += 1
        }
        return nil
    }

    /// A function's arguments; the last one keeps its commas.
    static func arguments(_ bytes: ArraySlice<UInt8>, most: Int) -> [String] {
        var arguments: [String] = []
        var rest = bytes.drop(while: ASCII.isBlank)
        while arguments.count < most - 1 {
            var depth = 0
            let comma = firstIndex(in: rest) { index in
                if isOpening(rest[index]) { depth += 1 }
                if rest[index] == UInt8(ascii: ")") || rest[index] == UInt8(ascii: "}") { depth -= 1 }
                return depth <= 0 && rest[index] == UInt8(ascii: ",")
            }
            guard let comma else { break }
            arguments.append(String(decoding: rest[..<comma], as: UTF8.self))
            rest = rest[(comma + 1)...]
        }
        return arguments + [String(decoding: rest, as: UTF8.self)]
    }

    static func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") }

    /// Whether a shell can have a variable of this name.
    static func isShellName(_ name: String) -> Bool {
        name.utf8.first.map { !ASCII.isDigit($0) } ?? false && name.utf8.allSatisfy(ASCII.isName)
    }

    static func words(_ text: some StringProtocol) -> [String] {
        text.split(whereSeparator: { $0.isWhitespace }).map { String($0) }
    }
}
