internal import FoundationEssentials

/// Takes known secrets out of a text, in the clear and in the forms in which they travel.
///
/// A mask that looks for the exact value alone, as CodeBuild's does, lets `base64(user:password)` through; so each secret
/// is also looked for in its base64 forms (at each of the three alignments that it can have inside a longer text).
public struct Redactor: Sendable {
    private let needles: [String]

    /// What stands where a secret stood; the same as CodeBuild's own mask.
    public static let mask = "***"

    /// Masks `secrets`; those of fewer than `shortest` characters are let be, since masking them would mangle the text.
    public init(_ secrets: [Secret], shortest: Int = 4) {
        var needles: Set<String> = []
        for text in secrets.map({ $0.reveal() }) where text.count >= shortest {
            needles.insert(text)
            needles.formUnion(Self.base64Forms(of: text))
        }
        self.needles = needles.sorted { ($0.count, $1) > ($1.count, $0) }
    }

    /// `text` with every form of every secret replaced by ``mask``.
    public func redact(_ text: String) -> String {
        needles.reduce(text) {
            $0.contains($1)
                ? $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: Self.mask) : $0
        }
    }

    /// Whether any form of any secret stands in `text`.
    public func finds(in text: String) -> Bool {
        needles.contains { text.contains($0) }
    }

    /// The parts of a base64 text that depend on `text` alone, for the three ways in which its bytes can fall into groups of three.
    static func base64Forms(of text: String) -> Set<String> {
        var forms: Set<String> = []
        for lead in 0..<3 {
            let data = Data(repeating: 0, count: lead) + Data(text.utf8)
            // The groups touched by the unknown bytes before and after are cut off.
            let whole = data.count / 3 * 3
            guard whole > 3 else { continue }
            let encoded = data.prefix(whole).base64EncodedString().dropFirst(lead == 0 ? 0 : 4)
            if encoded.count >= 8 { forms.insert(String(encoded)) }
        }
        return forms
    }
}
