import FoundationEssentials
import Testing

@testable import Core

@Suite("Secrets")
struct SecretTests {
    @Test("a secret shows itself to nobody")
    func shows() {
        struct Holder { var name = "x", secret = Secret("hunter2-canary") }
        let secret = Secret("hunter2-canary")
        var dumped = ""
        dump(Holder(), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Holder())", "\(Optional(secret) as Any)", dumped] {
            #expect(!text.contains("hunter2"), "\(text)")
        }
        #expect(secret.reveal() == "hunter2-canary")
    }

    @Test("equality", arguments: [("a", "a", true), ("a", "b", false), ("a", "ab", false), ("", "", true)])
    func equality(left: String, right: String, same: Bool) {
        #expect((Secret(left) == Secret(right)) == same)
    }

    @Test("a redactor finds a secret in the clear and inside base64, at each alignment", arguments: 0..<6)
    func base64(lead: Int) {
        let redactor = Redactor([Secret("dckr_pat_ABCDEFGHIJ")])
        let user = String(repeating: "u", count: lead)
        let auth = Data("\(user):dckr_pat_ABCDEFGHIJ".utf8).base64EncodedString()
        #expect(redactor.finds(in: "{\"auth\":\"\(auth)\"}"))
        #expect(redactor.redact("-p dckr_pat_ABCDEFGHIJ -u me") == "-p *** -u me")
        #expect(!redactor.redact(auth).contains(auth))
        #expect(!redactor.finds(in: "nothing here"))
    }

    @Test("too short a secret is not masked")
    func short() {
        #expect(Redactor([Secret("ab")]).redact("cab") == "cab")
    }
}
