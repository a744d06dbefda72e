import Core
import FoundationEssentials

/// Runs `work` with a new folder, which is removed afterwards.
func withFolder<Value>(_ work: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/registry-" + Dice.system.hex(8)
    try PrivateFiles.makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await work(folder)
}
