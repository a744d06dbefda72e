import Testing

@testable import Core

@Suite("A JSON object whose other bytes stay")
struct JSONObjectTextTests {
    @Test(
        "a member is set and every other byte is kept",
        arguments: [
            (#"{}"#, #"{"k":"v"}"#), (" { } ", #" {"k":"v" } "#), (#"{"k":"old"}"#, #"{"k":"v"}"#),
            (#"{"k":1, "k" : [{}] ,"z":2}"#, #"{"k":"v", "k" : "v" ,"z":2}"#),
            (
                #"{"z":18446744073709551616,"a":0.1234567890123456789012345,"e":1e400,"n":-0,"f":1.0}"#,
                #"{"z":18446744073709551616,"a":0.1234567890123456789012345,"e":1e400,"n":-0,"f":1.0,"k":"v"}"#
            ),
            (
                "{\n  \"a\": \"\\u00e9\\/\",\n  \"b\": [1, {\"k\": 2}]\n}\n",
                "{\n  \"a\": \"\\u00e9\\/\",\n  \"b\": [1, {\"k\": 2}],\"k\":\"v\"\n}\n"
            ),
            (#"{"\u006b":"old","a":null}"#, #"{"\u006b":"v","a":null}"#),
        ])
    func set(before: String, after: String) throws {
        var object = try JSONObjectText(parsing: before)
        object.set("k", to: "v")
        #expect(object.text == after)
        #expect(object.string("k") == "v")
        #expect(try JSONObjectText(parsing: object.text).string("k") == "v")
    }

    @Test("several members one after the other, with text that needs escapes")
    func several() throws {
        var object = JSONObjectText()
        object.set("a", to: "1")
        object.set("b", to: "quote \" line\n é 😀")
        object.set("a", to: "longer than before")
        object.set("c", to: "")
        let again = try JSONObjectText(parsing: object.text)
        #expect(again.string("a") == "longer than before")
        #expect(again.string("b") == "quote \" line\n é 😀")
        #expect(again.string("c") == "")
        #expect(again.string("d") == nil)
        #expect(try JSON(parsing: object.text).object?.count == 3)
    }

    @Test("only a text is one, and the last of a name counts")
    func reading() throws {
        let object = try JSONObjectText(parsing: #"{"a":1,"b":"x","b":"y","c":null}"#)
        #expect(object.string("a") == nil && object.string("c") == nil)
        #expect(object.string("b") == "y")
    }

    @Test(
        "what is no JSON object is refused, without its text in the message",
        arguments: [
            "", "hello-canary", "[]", "\"canary\"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":01}",
            "{\"a\":1.}",
            "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":NaN}", "{\"a\":tru}", "{\"a\":1}}", "{\"a\":\"\\",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"canary\n\"}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{\"a\":[1,]}", "{\"a\":\"\\ud800\"}",
        ])
    func refused(text: String) {
        let error = #expect(throws: UnthrottleError.self) { try JSONObjectText(parsing: text) }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("canary") == false)
    }

    @Test("a document that nests too deep is refused and exhausts no stack")
    func deep() throws {
        let text = { (depth: Int) in
            "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        #expect(throws: UnthrottleError.self) { try JSONObjectText(parsing: text(100_000)) }
        #expect(throws: Never.self) { try JSONObjectText(parsing: text(500)) }
    }
}
