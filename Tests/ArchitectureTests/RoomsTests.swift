import TestSupport
import Testing

/// The arrows between the rooms. A room may import those of a lower floor: never one above it, never one beside it.
@Suite("The rooms")
struct RoomsTests {
    static let floors: [[String]] = [
        ["Core"],
        ["HTTP"],
        ["AWS", "Registry"],
        ["CredentialHelper"],
        ["Buildspec"],
        ["Mirror", "Sandbox"],
        ["Diagnosis"],
        ["Remedy"],
        ["Commands"],
        ["unthrottle", "docker-credential-unthrottle"],
    ]

    static func floor(of room: String) -> Int? {
        floors.firstIndex { $0.contains(room) }
    }

    static func imports(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            let access = ["public", "package", "internal", "private", "fileprivate", "@testable"]
            guard let index = words.firstIndex(of: "import"), words[..<index].allSatisfy(access.contains),
                index + 1 < words.count
            else { return nil }
            let module = words[index + 1] == "struct" || words[index + 1] == "func" ? words.last : words[index + 1]
            return module?.split(separator: ".").first.map(String.init)
        }
    }

    @Test("each folder of Sources is a room of the plan")
    func everyRoomIsKnown() throws {
        let rooms = Set(try Checkout.files(under: "Sources", ending: ".swift").map { $0.split(separator: "/")[1] })
        for room in rooms { #expect(Self.floor(of: String(room)) != nil, "\(room) is on no floor") }
        #expect(rooms.count >= 9)
    }

    @Test("a room imports only rooms of lower floors")
    func arrowsPointDown() throws {
        for path in try Checkout.files(under: "Sources", ending: ".swift") {
            let room = String(path.split(separator: "/")[1])
            let own = try #require(Self.floor(of: room))
            for module in Self.imports(in: try Checkout.text(of: path)) {
                guard let other = Self.floor(of: module) else { continue }
                #expect(other < own, "\(path) imports \(module), which is not below \(room)")
            }
        }
    }

    @Test("no room takes full Foundation, which brings ICU: half of a static binary")
    func roomsAreLean() throws {
        for path in try Checkout.files(under: "Sources", ending: ".swift") {
            #expect(!Self.imports(in: try Checkout.text(of: path)).contains("Foundation"), "\(path) imports Foundation")
        }
    }

    @Test("an import line is read as Swift reads it")
    func importLines() {
        let text =
            "public import Core\ninternal import struct HTTP.WebRequest\nimport AWS\n// import Nothing\nlet imported = 1"
        #expect(Self.imports(in: text) == ["Core", "HTTP", "AWS"])
    }
}
