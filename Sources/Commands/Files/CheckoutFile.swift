internal import Buildspec
internal import Core
internal import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One file that a verb was pointed at, whole.
struct CheckoutFile {
    /// The path as it was given, or found below a folder that was given; `-` is standard input.
    let path: String
    let text: String

    /// More than any file that people write; a folder may hold a dump with a good name.
    private static let mostBytes = 8 << 20
    private static let skippedFolders = FolderEntry.toolFolders.union([".hg", ".svn", ".build"])

    /// Reads a file, or standard input for `-`. Throws `notFound`, `system`, and `invalidInput` for what is no regular file, too
    /// large, or not UTF-8: it could not be written back as it was. `onlyReading` takes what docker takes: a Dockerfile may hold any
    /// bytes, in comments mostly. Below a `root`, a link that leads out of it is no file: what a checkout names is not read from
    /// the machine.
    init(_ path: String, onlyReading: Bool = false, below root: String? = nil) throws {
        let bytes = path == "-" ? StandardInput.readBytes() : try Self.read(path, below: root)
        guard bytes.count <= Self.mostBytes else { throw Self.tooLarge(path) }
        let isRepaired = onlyReading && SourceKind.mayHoldAnyBytes(path)
        guard let text = isRepaired ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
        else {
            throw UnthrottleError(
                .invalidInput, "\(path) is not UTF-8", hint: "Convert it first: iconv -t UTF-8, for example.")
        }
        self.path = path
        self.text = text
    }

    /// A pipe or device is never waited for.
    private static func read(_ path: String, below root: String?) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { throw UnthrottleError(.notFound, "there is no file \(path)") }
            throw failure(path)
        }
        defer { close(file) }
        guard root.map({ isInside(path, $0) }) ?? true else {
            throw UnthrottleError(.notFound, "\(path) leads out of its checkout")
        }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw UnthrottleError(.invalidInput, "\(path) is no regular file")
        }
        guard status.st_size <= mostBytes else { throw tooLarge(path) }
        var bytes: [UInt8] = []
        while bytes.count <= mostBytes {
            // With room for one byte more than it has, the first turn mostly tells that this is all.
            let most = max(Int(status.st_size) - bytes.count + 1, 1 << 12)
            let part = try self.part(of: file, most: most, path)
            if bytes.isEmpty { bytes = part } else { bytes += part }
            let isWhole = part.count < most && status.st_size > 0 && bytes.count >= status.st_size
            if part.isEmpty || isWhole { break }
        }
        return bytes
    }

    /// A path without links; nil where nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Whether a path stays inside of a folder, which has no links in its path.
    static func isInside(_ path: String, _ root: String) -> Bool {
        guard let real = resolved(path) else { return false }
        return real == root || real.hasPrefix(root == "/" ? root : root + "/")
    }

    private static func part(of file: Int32, most: Int, _ path: String) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            repeat { count = systemRead(file, buffer.baseAddress, most) } while count < 0 && errno == EINTR
            if count < 0 {
                count = 0
                throw failure(path)
            }
        }
    }

    private static func failure(_ path: String) -> UnthrottleError {
        UnthrottleError(.system, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }

    private static func tooLarge(_ path: String) -> UnthrottleError {
        UnthrottleError(.invalidInput, "\(path) has more than \(mostBytes >> 20) MiB")
    }

    /// Whether there is a folder of that path.
    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// What a folder holds, in the order of the names, without links that lead nowhere; nil for one that cannot be listed.
    static func entries(of folder: String) -> [FolderEntry]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        return names.sorted().compactMap { name in
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { return nil }
            let isLink = status.st_mode & S_IFMT == S_IFLNK
            if isLink, stat(path, &status) != 0 { return nil }
            return FolderEntry(name: name, isFolder: status.st_mode & S_IFMT == S_IFDIR, isLink: isLink)
        }
    }

    /// The files below a folder that `isWanted` by name, in order; a folder that cannot be listed stands for itself. Folders of
    /// tools (`.git`, `node_modules`) are passed over, links to folders, which could lead in circles, and links out of the folder.
    static func paths(below folder: String, where isWanted: (String) -> Bool) -> [String] {
        paths(below: folder, inside: resolved(folder) ?? folder, where: isWanted)
    }

    private static func paths(below folder: String, inside root: String, where isWanted: (String) -> Bool) -> [String] {
        guard let entries = entries(of: folder) else { return [folder] }
        return entries.flatMap { entry -> [String] in
            let path = folder.hasSuffix("/") ? folder + entry.name : "\(folder)/\(entry.name)"
            if entry.isFolder {
                let isPassedOver = skippedFolders.contains(entry.name) || entry.isLink
                return isPassedOver ? [] : paths(below: path, inside: root, where: isWanted)
            }
            return isWanted(path) && (!entry.isLink || isInside(path, root)) ? [path] : []
        }
    }
}

// `read` names the member above; this reaches the system's.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}
