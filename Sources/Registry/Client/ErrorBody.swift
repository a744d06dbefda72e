internal import Core

/// The registry's own words in the body of an error answer.
enum ErrorBody {
    /// The words for a person: the messages of the distribution spec's `errors`, or the text; nil where there are none.
    static func words(_ body: String) -> String? {
        let text = messages(body) ?? body.trimmed
        guard !text.isEmpty else { return nil }
        return HubWords.redacted(text.count > 500 ? text.prefix(500) + "..." : text)
    }

    /// The `errors` codes, upper case (distribution-spec, error codes).
    static func codes(_ body: String) -> [String] {
        ((try? JSON(parsing: body))?["errors"]?.array ?? []).compactMap { $0["code"]?.string?.uppercased() }
    }

    /// The words that stand in a JSON body, `code: message` each; nil where it is none.
    static func messages(_ body: String) -> String? {
        guard let document = try? JSON(parsing: body) else { return nil }
        if let errors = document["errors"]?.array {
            let texts = errors.compactMap { error -> String? in
                let message = error["message"]?.string ?? ""
                guard let code = error["code"]?.string?.lowercased() else { return message }
                return message.isEmpty ? code : "\(code): \(message)"
            }
            return texts.isEmpty ? nil : texts.joined(separator: "; ")
        }
        // Docker Hub's token service says `details`, the OAuth2 endpoint `error_description`, others `message`.
        return ["details", "detail", "error_description", "message", "error"].lazy.compactMap { document[$0]?.string }
            .first
    }
}
