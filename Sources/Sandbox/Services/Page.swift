internal import Core
internal import FoundationEssentials

/// Cuts a list into pages whose token says where the next one starts.
enum Page {
    /// The items from `token` on, at most `size`, and the token of the rest. nil for a token that no page gave out.
    static func cut<Item>(_ items: [Item], from token: String?, size: Int) -> (items: [Item], next: String?)? {
        var start = 0
        if let token {
            guard let offset = offset(of: token), offset <= items.count else { return nil }
            start = offset
        }
        let end = min(start + size, items.count)
        return (Array(items[start..<end]), end < items.count ? self.token(end) : nil)
    }

    private static func token(_ offset: Int) -> String { Data("page:\(offset)".utf8).base64EncodedString() }

    private static func offset(of token: String) -> Int? {
        guard let data = Data(base64Encoded: token) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasPrefix("page:") else { return nil }
        return Int(text.dropFirst(5)).flatMap { $0 >= 0 ? $0 : nil }
    }
}
