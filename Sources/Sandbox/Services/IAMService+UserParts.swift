internal import AWS

/// IAM: what users of the sandbox do not have. The lists are empty, and there is no password to delete.
extension IAMService {
    func registerUserParts(in table: inout OperationTable) {
        table.add(IAM.ListSSHPublicKeys.self) { input, call in
            try checkUser(input.userName, "iam:ListSSHPublicKeys", call)
            return .init(sshPublicKeys: [], isTruncated: false)
        }
        table.add(IAM.ListSigningCertificates.self) { input, call in
            try checkUser(input.userName, "iam:ListSigningCertificates", call)
            return .init(certificates: [], isTruncated: false)
        }
        table.add(IAM.ListServiceSpecificCredentials.self) { input, call in
            if input.allUsers == true {
                try checkAccount("iam:ListServiceSpecificCredentials", call)
            } else {
                try checkUser(input.userName, "iam:ListServiceSpecificCredentials", call)
            }
            return .init(serviceSpecificCredentials: [], isTruncated: false)
        }
        table.add(IAM.ListMFADevices.self) { input, call in
            try checkUser(input.userName, "iam:ListMFADevices", call)
            return .init(mfaDevices: [], isTruncated: false)
        }
        table.add(IAM.ListVirtualMFADevices.self) { input, call in
            try Self.check.oneOf(input.assignmentStatus, "assignmentStatus", ["Assigned", "Unassigned", "Any"])
            try checkAccount("iam:ListVirtualMFADevices", call)
            return .init(virtualMFADevices: [], isTruncated: false)
        }
        table.add(IAM.DeleteLoginProfile.self) { input, call in
            let name = try Self.name(input.userName, or: call.caller)
            try checkUser(name, "iam:DeleteLoginProfile", call)
            throw ServiceError("NoSuchEntity", "Login Profile for User \(name) cannot be found.", status: 404)
        }
    }

    private func checkUser(_ name: String?, _ action: String, _ call: Call) throws {
        let name = try Self.name(name, or: call.caller)
        _ = try backend.store.read { try user(name, for: action, $0, call) }
    }

    private func checkAccount(_ action: String, _ call: Call) throws {
        try backend.store.read { try $0.authorize(AccessRequest(call.caller, action, on: "*")) }
    }
}
