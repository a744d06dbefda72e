/// S3's rules for a bucket's name (S3 User Guide, "General purpose bucket naming rules").
enum BucketName {
    private static let reservedStarts = ["xn--", "sthree-", "amzn-s3-demo-"]
    private static let reservedEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

    /// Whether S3 would make a bucket of this name.
    static func isValid(_ name: String) -> Bool {
        guard (3...63).contains(name.utf8.count), let first = name.first, let last = name.last,
            name.unicodeScalars.allSatisfy({
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "."
            })
        else { return false }
        return !"-.".contains(first) && !"-.".contains(last) && !name.contains("..") && !isAddress(name)
            && !reservedStarts.contains { name.hasPrefix($0) } && !reservedEnds.contains { name.hasSuffix($0) }
    }

    /// Four numbers with dots between them, as an IPv4 address is written.
    private static func isAddress(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }
}
