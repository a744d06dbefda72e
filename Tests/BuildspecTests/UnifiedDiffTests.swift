import Testing

@testable import Buildspec

@Suite("Unified diffs")
struct UnifiedDiffTests {
    @Test(
        "as diff -u writes them",
        arguments: [
            ("a\nb\nc\n", "a\nX\nb\nc\n", "@@ -1,3 +1,4 @@\n a\n+X\n b\n c\n"),
            (
                "a\nb", "a\nc",
                "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
            ),
            ("", "a\n", "@@ -0,0 +1,1 @@\n+a\n"),
            ("a\r\n", "a\r\nb\r\n", "@@ -1,1 +1,2 @@\n a\r\n+b\r\n"),
            (
                "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\nX\n6\n7\n8\n9\n",
                "@@ -3,6 +3,7 @@\n 3\n 4\n 5\n+X\n 6\n 7\n 8\n"
            ),
        ])
    func diff(_ old: String, _ new: String, _ hunks: String) {
        #expect(UnifiedDiff(from: old, to: new, oldName: "a", newName: "b").text == "--- a\n+++ b\n" + hunks)
    }

    @Test("nothing for equal texts")
    func equal() {
        #expect(UnifiedDiff(from: "a\n", to: "a\n", oldName: "a", newName: "b").text.isEmpty)
    }
}
