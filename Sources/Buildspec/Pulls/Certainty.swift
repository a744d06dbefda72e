/// How sure it is that an image is pulled.
public enum Certainty: String, Sendable, Hashable, Codable, Comparable {
    /// Whenever the build comes to it.
    case certain
    /// Unless something out of the files' sight decides otherwise.
    case likely
    /// The files do not tell.
    case unknown

    /// The surer first.
    public static func < (left: Certainty, right: Certainty) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .certain: 0
        case .likely: 1
        case .unknown: 2
        }
    }
}
