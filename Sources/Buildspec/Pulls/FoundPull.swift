/// A pull that a followed file shows, before it is known when the build comes to it.
struct FoundPull: Hashable {
    /// The image; nil for something that may pull out of sight.
    let image: ImageName?
    /// The line in the file that shows it.
    let line: Int
    var certainty: Certainty
    var why: String
    /// Whether a program may make it of which nothing says that it uses docker.
    let isDelegated: Bool

    init(_ image: ImageName?, line: Int, _ certainty: Certainty, _ why: String, isDelegated: Bool = false) {
        (self.image, self.line, self.certainty, self.why) = (image, line, certainty, why)
        self.isDelegated = isDelegated
    }

    /// The same pull, where it only happens if something else does.
    func under(_ other: Certainty, _ reason: String) -> FoundPull {
        other > certainty ? FoundPull(image, line: line, other, "\(why); \(reason)", isDelegated: isDelegated) : self
    }
}
