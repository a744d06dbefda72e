public import Core
internal import Crypto
internal import FoundationEssentials

/// Where runs are recorded: `$XDG_STATE_HOME/unthrottle`, or `~/.local/state/unthrottle` (XDG Base Directory Specification).
///
/// Folders are 0700 and files 0600. Nothing in it is a secret; where a plaintext credential had to be compared later, a
/// keyed hash of it is kept, and the key lies here too.
public struct StateFolder: Sendable {
    /// Its path.
    public let path: String

    /// The folder at a path of one's own; it is made when it is first written to.
    public init(path: String) {
        self.path = path
    }

    /// The folder that the XDG variables name; throws `system` where there is neither XDG_STATE_HOME nor HOME.
    public init(_ variables: EnvironmentVariables) throws {
        if let state = variables["XDG_STATE_HOME"], state.hasPrefix("/") {
            path = "\(state)/unthrottle"
        } else if let home = variables["HOME"], home.hasPrefix("/") {
            path = "\(home)/.local/state/unthrottle"
        } else {
            throw UnthrottleError(
                .system, "there is no place for the record of this run",
                hint: "Set XDG_STATE_HOME to a folder that you can write.")
        }
    }

    var runs: String { "\(path)/runs" }

    /// More than a run of hundreds of projects writes, in bytes.
    private static let journalSize = 1 << 18

    /// Makes the folder and proves that a journal finds room on its disk, before anything is changed elsewhere.
    public func prepare() throws {
        do {
            try PrivateFiles.makeFolder(runs)
            try PrivateFiles.prove(runs, size: Self.journalSize)
        } catch let error as UnthrottleError {
            throw UnthrottleError(
                .system, "the record of this run cannot be kept: \(error.message)",
                hint: "Nothing was changed. Set XDG_STATE_HOME to a folder that you can write, on a disk with room.")
        }
    }

    /// A keyed hash (HMAC-SHA256, hexadecimal) of a text that must not be kept; the key is made at the first use.
    func keyedHash(_ text: String, dice: Dice) throws -> String {
        let file = "\(path)/key"
        var key = try PrivateFiles.read(file) ?? ""
        if key.count != 64 {
            key = dice.hex(32)
            try PrivateFiles.makeFolder(path)
            try PrivateFiles.write(key, to: file)
        }
        return Hex.encode(
            HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8))))
    }
}
