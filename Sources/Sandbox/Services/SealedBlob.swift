internal import Crypto
internal import FoundationEssentials

/// What the sandbox's KMS makes of a plaintext: the key's id in front, then AES-256-GCM with the encryption context as
/// additional authenticated data.
struct SealedBlob: Sendable {
    private static let mark = Data("sandbox-kms:".utf8)
    private static let idLength = 36

    let keyID: String
    private let box: Data

    /// Takes a ciphertext apart; nil for one that is not of this KMS.
    init?(_ data: Data) {
        let data = Data(data)
        guard data.starts(with: Self.mark), data.count > Self.mark.count + Self.idLength else { return nil }
        keyID = String(decoding: data.dropFirst(Self.mark.count).prefix(Self.idLength), as: UTF8.self)
        box = Data(data.dropFirst(Self.mark.count + Self.idLength))
    }

    /// Seals a plaintext under a key.
    init(_ plain: Data, keyID: String, material: Data, context: [String: String]) throws {
        let sealed = try AES.GCM.seal(
            plain, using: SymmetricKey(data: material), authenticating: Self.canonical(context))
        self.keyID = keyID
        box = sealed.combined ?? Data()
    }

    /// The whole ciphertext.
    var bytes: Data { Self.mark + Data(keyID.utf8) + box }

    /// The plaintext; nil where the key, the context or a byte is another.
    func open(with material: Data, context: [String: String]) -> Data? {
        guard let sealed = try? AES.GCM.SealedBox(combined: box) else { return nil }
        return try? AES.GCM.open(
            sealed, using: SymmetricKey(data: material), authenticating: Self.canonical(context))
    }

    private static func canonical(_ context: [String: String]) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(context)) ?? Data()
    }
}
