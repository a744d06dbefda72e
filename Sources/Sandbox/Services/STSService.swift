internal import AWS

/// STS: who am I. Nobody needs a permission for it.
struct STSService: Sendable {
    func register(in table: inout OperationTable) {
        table.add(STS.GetCallerIdentity.self) { _, call in
            .init(userId: call.caller.userID, account: call.caller.account, arn: call.caller.arn)
        }
    }
}
