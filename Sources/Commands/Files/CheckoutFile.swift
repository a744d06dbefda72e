internal import Core
internal import FoundationEssentials

/// One file that a verb was pointed at, whole.
struct CheckoutFile {
    /// The path as it was given, or found below a folder that was given; `-` is standard input.
    let path: String
    let text: String

    /// More than any file that people write; a folder may hold a dump with a good name.
    private static let mostBytes = 8 << 20
    private static let skippedFolders: Set = [".git", ".hg", ".svn", "node_modules", ".venv", ".terraform", ".build"]

    /// Reads a file, or standard input for `-`. Throws `notFound`, `system`, and `invalidInput` for a text that is not
    /// UTF-8: it could not be written back as it was.
    init(_ path: String) throws {
        let bytes = path == "-" ? StandardInput.readBytes() : try Self.read(path)
        guard bytes.count <= Self.mostBytes else {
            throw UnthrottleError(.invalidInput, "\(path) has more than \(Self.mostBytes >> 20) MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UnthrottleError(
                .invalidInput, "\(path) is not UTF-8", hint: "Convert it first: iconv -t UTF-8, for example.")
        }
        self.path = path
        self.text = text
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw UnthrottleError(.notFound, "there is no file \(path)")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw UnthrottleError(.system, "\(path) cannot be read", cause: error)
        }
    }

    /// The files that the arguments stand for: each as it is, and below each folder those that `isWanted` by name, in order.
    /// Folders of tools (`.git`, `node_modules`) are passed over, and links to folders, which could lead in circles.
    static func paths(_ arguments: [String], where isWanted: (String) -> Bool) throws -> [String] {
        var found: [String] = []
        for argument in arguments {
            var isFolder = false
            if argument == "-" {
                found.append(argument)
            } else if !FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) {
                throw UnthrottleError(.notFound, "there is no file or folder \(argument)")
            } else if isFolder {
                try collect(argument, into: &found, where: isWanted)
            } else {
                found.append(argument)
            }
        }
        return found
    }

    private static func collect(_ folder: String, into found: inout [String], where isWanted: (String) -> Bool) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if !isFolder {
                if isWanted(path) { found.append(path) }
            } else if !skippedFolders.contains(name),
                (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil
            {
                try collect(path, into: &found, where: isWanted)
            }
        }
    }
}
