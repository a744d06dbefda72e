/// A pull that a followed file shows, before it is known when the build comes to it.
struct FoundPull: Hashable {
    /// The image; nil for something that may pull out of sight.
    let image: ImageName?
    /// The line in the file that shows it.
    let line: Int
    var certainty: Certainty
    var why: String

    init(_ image: ImageName?, line: Int, _ certainty: Certainty, _ why: String) {
        (self.image, self.line, self.certainty, self.why) = (image, line, certainty, why)
    }

    /// The same pull, where it only happens if something else does.
    func under(_ other: Certainty, _ reason: String) -> FoundPull {
        other > certainty ? FoundPull(image, line: line, other, "\(why); \(reason)") : self
    }
}
