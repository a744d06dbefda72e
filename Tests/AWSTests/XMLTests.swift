import Testing

@testable import AWS

@Suite struct XMLTests {
    static let documents: [(String, TextTree)] = [
        ("<a>x</a>", .text("x")),
        ("<?xml version=\"1.0\"?>\n<a/>\n", .text("")),
        ("\u{feff}<a><b>1</b><c></c></a>", .map(["b": .text("1"), "c": .text("")])),
        ("<a xmlns=\"urn:x>y\" b='/'><n:b xmlns:n=\"u\">1</n:b></a>", .map(["b": .text("1")])),
        ("<a><member>1</member><member>2</member></a>", .list([.text("1"), .text("2")])),
        ("<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;&amp;lt;</a>", .text("<&>\"'A😀&lt;")),
        ("<a>1<!-- <b> -->2<![CDATA[<&amp;]]]]><![CDATA[>]]></a>", .text("12<&amp;]]>")),
        ("<!-- x --><a\n><b\t/></a ><!-- y -->", .map(["b": .text("")])),
        ("<a> <b> x </b> </a>", .map(["b": .text(" x ")])),
        ("<a>1\r\n2\r\n</a>", .text("1\n2\n")),
    ]

    @Test("elements, texts, entities, CDATA and comments are read", arguments: documents.indices)
    func reads(_ index: Int) throws {
        let (document, tree) = Self.documents[index]
        let read = try XMLTree.read(Array(document.utf8))
        #expect(read.tree == tree)
        #expect(read.root == "a")
    }

    @Test(
        "what is no XML is refused and never crashes",
        arguments: [
            "", "  ", "x", "<", "<>", "<a", "<a>", "<a b=\"", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "<a>&nbsp;</a>",
            "<a>&#xD800;</a>", "<a>&lt</a>", "<a><![CDATA[x</a>", "<!-- ", "<?xml", "<a><b</a>", "<a/ >x",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            String(repeating: "<a>", count: 70) + String(repeating: "</a>", count: 70),
        ])
    func refuses(_ document: String) {
        #expect(throws: XMLError.self) { try XMLTree.read(Array(document.utf8)) }
    }

    @Test("what is written is read back, whatever is in it")
    func escapes() throws {
        let tree = TextTree.map(["t": .text("<a> & \"b\"\r\n]]> é"), "l": .list([.text("1"), .map(["k": .text("")])])])
        #expect(try XMLTree.read(Array(XMLTree.element("r", tree).utf8)).tree == tree)
    }

    @Test("every cut of a real answer is refused")
    func cuts() {
        let answer = Array("<R xmlns=\"u\"><X><Y>a&amp;b</Y><!-- c --><Z><![CDATA[d]]></Z></X></R>".utf8)
        for length in 0..<answer.count {
            #expect(throws: XMLError.self) { try XMLTree.read(Array(answer.prefix(length))) }
        }
    }
}
