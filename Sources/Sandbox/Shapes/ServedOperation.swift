internal import AWS

/// An operation that the sandbox serves and this program never calls: other clients do.
protocol ServedOperation: AWSOperation, Hashable {}

extension ServedOperation {
    /// Nothing here repeats it.
    static var effect: Effect { .write }
}

extension IAM {
    protocol Served: IAM.Operation, ServedOperation {}
}

extension KMS {
    protocol Served: KMS.Operation, ServedOperation {}
}

extension SecretsManager {
    protocol Served: SecretsManager.Operation, ServedOperation {}
}

extension CloudWatchLogs {
    protocol Served: CloudWatchLogs.Operation, ServedOperation {}
}

extension CodeBuild {
    protocol Served: CodeBuild.Operation, ServedOperation {}
}
