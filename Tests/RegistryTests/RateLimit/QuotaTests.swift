import HTTPTypes
import Testing

@testable import Registry

@Suite("Quotas as Docker Hub's headers have them")
struct QuotaTests {
    static let uuid = "a645ce4d-0a4c-4f3e-9e1c-0b6f3c2b1a00"

    @Test(
        "headers and all their oddities",
        arguments: [
            (
                "100;w=21600", "20;w=21600", "192.0.2.1",
                Quota(limit: 100, remaining: 20, window: 21600, source: .address("192.0.2.1"))
            ),
            (
                "200;w=21600", "-3;w=21600", uuid,
                Quota(limit: 200, remaining: -3, window: 21600, source: .account(uuid))
            ),
            (";w=21600", ";w=21600", uuid, Quota(window: 21600, source: .account(uuid))),
            ("100", "7", nil, Quota(limit: 100, remaining: 7)),
            (
                "100; W = 60", "7 ;w=60", "2001:41d0:801:2000::",
                Quota(limit: 100, remaining: 7, window: 60, source: .address("2001:41d0:801:2000::"))
            ),
            ("100 ; w=60 ; x=1", "7", "", Quota(limit: 100, remaining: 7, window: 60)),
            ("100;w=0", "x;w=-5", nil, Quota(limit: 100)),
            ("-1;w=60", nil, nil, Quota(window: 60)),
            ("", "", " ", Quota()),
            (nil, nil, uuid, Quota(source: .account(uuid))),
            (nil, "5;w=3600", nil, Quota(remaining: 5, window: 3600)),
            ("99999999999999999999;w=1", nil, nil, Quota(window: 1)),
        ] as [(String?, String?, String?, Quota)])
    func parse(_ limit: String?, _ remaining: String?, _ source: String?, _ expected: Quota) {
        var headers = HTTPFields()
        headers[.rateLimitLimit] = limit
        headers[.rateLimitRemaining] = remaining
        headers[.rateLimitSource] = source
        #expect(Quota(headers) == expected)
    }

    @Test("a header that stands twice: the first counts")
    func twice() {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .rateLimitRemaining, value: "5;w=60"))
        headers.append(HTTPField(name: .rateLimitRemaining, value: "9;w=60"))
        #expect(Quota(headers).remaining == 5)
    }

    @Test("an account without a limit is told from an address without one")
    func unlimited() {
        #expect(Quota(source: .account(Self.uuid)).isUnlimitedAccount)
        #expect(!Quota(source: .address("192.0.2.1")).isUnlimitedAccount)
        #expect(!Quota(source: .address("192.0.2.1")).isCountedToAccount)
        #expect(!Quota(limit: 1, source: .account(Self.uuid)).isUnlimitedAccount)
        #expect(!Quota().isCountedToAccount)
    }
}
