import Testing

@testable import Remedy

@Suite("What counts as a proof")
struct ProofTests {
    @Test(
        "proved only where the account's count went down",
        arguments: [
            (200, 199, true, .proved), (200, 200, true, .unproved), (199, 200, true, .unproved),
            (nil, nil, true, .consistent), (200, nil, true, .consistent), (200, 199, false, .unproved),
            (nil, nil, false, .unproved),
        ] as [(Int?, Int?, Bool, Proof.Verdict)])
    func verdicts(before: Int?, after: Int?, isAccount: Bool, verdict: Proof.Verdict) {
        let comparison = QuotaComparison(before: before, after: after, isAccount: isAccount, name: "alice")
        let proof = comparison.proof(of: .build, evidence: [])
        #expect(proof.verdict == verdict)
        #expect((proof.reason == nil) == (verdict == .proved))
    }
}
