import Registry
import Testing

@testable import Commands

@Suite("What quota prints")
struct QuotaViewTests {
    @Test(
        "says what the headers say and assumes nothing",
        arguments: [
            (
                Quota(limit: 100, remaining: 20, window: 21600, source: .address("192.0.2.1")),
                "20 of 100 pulls left in 6 h"
            ),
            (
                Quota(limit: 100, remaining: 20, window: 60, source: .address("192.0.2.1")),
                "20 of 100 pulls left in 1 min"
            ),
            (Quota(limit: nil, remaining: -3, window: nil, source: .address("192.0.2.1")), "-3 pulls left"),
            (Quota(source: .account("a645ce4d-1111-4222-8333-123456789012")), "no counted limit"),
            (Quota(source: .address("192.0.2.1")), "no counted limit for this address or image"),
            (Quota(), "Docker Hub sent no counts"),
        ])
    func amounts(quota: Quota, words: String) {
        #expect(QuotaView.amount(quota) == words)
    }
}
