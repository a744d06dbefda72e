extension KeyedDecodingContainer {
    /// A list that an answer leaves out is empty; AWS leaves empty lists out at will. The compiler's `init(from:)` of every shape
    /// in this room takes this overload for members of the type `[Element]`.
    func decode<Element: Decodable>(_: [Element].Type, forKey key: Key) throws -> [Element] {
        try decodeIfPresent([Element].self, forKey: key) ?? []
    }
}
