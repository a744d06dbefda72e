internal import Core
internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

/// What S3's requests and answers need beyond their members: checksums as the SDKs of 2025 on send and check them (SDK guide, "Data
/// integrity protections for Amazon S3"), and the hash that S3's signatures name.
enum S3Requests {
    /// Adds a CRC-32 to a written object that has no checksum, the wish for checksums to a reading, and the body's hash. An object
    /// with a checksum that goes out by TLS is not hashed a second time.
    static func complete<O: AWSOperation>(_ message: inout WireMessage, for _: O.Type, _ endpoint: Endpoint) throws {
        let isWrite = O.body != nil
        if isWrite, ObjectChecksum.allCases.allSatisfy({ message.headers[$0.field] == nil }) {
            let wanted = message.headers[.amzChecksumAlgorithm] ?? ObjectChecksum.crc32.rawValue
            guard let checksum = ObjectChecksum(rawValue: wanted) else {
                throw UnthrottleError(
                    .invalidInput, "the checksum \(wanted) cannot be made here",
                    hint: "It must be one of " + ObjectChecksum.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            message.headers[.amzChecksumAlgorithm] = wanted
            message.headers[checksum.field] = checksum.text(message.body)
        } else if O.answerBody != nil, message.headers[.amzChecksumMode] == nil {
            message.headers[.amzChecksumMode] = "ENABLED"
        }
        message.headers[.amzContentSHA256] =
            isWrite && endpoint.url.hasPrefix("https:") ? "UNSIGNED-PAYLOAD" : SigV4.payloadHash(message.body)
    }

    /// Throws `TransportError` `malformed`, which is tried again, where an object is not what its checksum says. A checksum of parts'
    /// checksums, which has a `-` in it, says nothing of the whole.
    static func check<O: AWSOperation>(_ response: CompleteResponse, for _: O.Type) throws {
        guard O.service == S3.service, O.answerBody != nil else { return }
        for checksum in ObjectChecksum.allCases {
            guard let expected = response.head.headers[checksum.field], !expected.contains("-") else { continue }
            guard checksum.text(response.bytes) == expected else {
                throw TransportError(
                    .malformed, "the object that came is not the one that S3 has: \(checksum.rawValue)")
            }
            return
        }
    }
}
