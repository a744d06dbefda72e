internal import Crypto

extension SigV4 {
    /// A header field as it stands in the canonical request.
    struct CanonicalLine: Sendable {
        /// In lower case.
        let name: String
        /// Without blanks at its ends, and with one space for each run of blanks.
        private(set) var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = Self.collapsed(value)
        }

        /// Puts a field in its place; each name stands once, with its values in the order in which they came.
        static func add(_ name: String, _ value: String, to lines: inout [CanonicalLine]) {
            let line = CanonicalLine(name, value)
            // There are few fields, and most come in an order that is nearly theirs.
            var place = lines.count
            while place > 0, lines[place - 1].name > name { place -= 1 }
            if place > 0, lines[place - 1].name == name {
                lines[place - 1].value += "," + line.value
            } else {
                lines.insert(line, at: place)
            }
        }

        private static func collapsed(_ value: String) -> String {
            // Nearly every value is so already; that is seen without taking it apart.
            let isClean = value.utf8.withContiguousStorageIfAvailable { bytes in
                let space = UInt8(ascii: " ")
                var before = space
                for byte in bytes {
                    if byte > UInt8(ascii: "~") || byte < space || byte == before && byte == space { return false }
                    before = byte
                }
                return before != space
            }
            return isClean == true ? value : value.split { $0.isWhitespace }.joined(separator: " ")
        }
    }

    /// A canonical request while it is written, in bytes: strings would take most of a signature's time.
    struct CanonicalRequest {
        private(set) var bytes: [UInt8] = []
        /// The signed fields' names, as the Authorization header lists them.
        private(set) var names: [UInt8] = []

        /// Begins one; `target` is the canonical path, a line feed, and the canonical query.
        init(method: String, target: String) {
            bytes.reserveCapacity(960)
            names.reserveCapacity(96)
            write(method)
            write(target)
        }

        /// Adds a field; they come in the order of their names.
        mutating func add(_ line: CanonicalLine) {
            if !names.isEmpty { names.append(UInt8(ascii: ";")) }
            names.append(contentsOf: line.name.utf8)
            bytes.append(contentsOf: line.name.utf8)
            bytes.append(UInt8(ascii: ":"))
            write(line.value)
        }

        mutating func end(payloadHash: String) {
            endFields()
            bytes.append(contentsOf: payloadHash.utf8)
        }

        mutating func end(bodyHash: SHA256Digest) {
            endFields()
            bodyHash.appendHex(to: &bytes)
        }

        private mutating func endFields() {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: names)
            bytes.append(UInt8(ascii: "\n"))
        }

        private mutating func write(_ text: String) {
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
    }
}
