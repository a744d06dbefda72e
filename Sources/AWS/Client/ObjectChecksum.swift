internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes

/// A checksum of an object, in base64 of its bytes, the highest first (S3 User Guide, "Checking object integrity").
enum ObjectChecksum: String, CaseIterable {
    case crc32 = "CRC32"
    case crc32c = "CRC32C"
    case crc64nvme = "CRC64NVME"
    case sha1 = "SHA1"
    case sha256 = "SHA256"

    /// The header field that it stands in.
    var field: HTTPField.Name { HTTPField.Name("x-amz-checksum-" + rawValue.lowercased()) ?? .contentType }

    func text(_ bytes: [UInt8]) -> String {
        let data =
            switch self {
            case .crc32: Self.crc32Table.checksum(bytes, width: 4)
            case .crc32c: Self.crc32cTable.checksum(bytes, width: 4)
            case .crc64nvme: Self.crc64Table.checksum(bytes, width: 8)
            case .sha1: Data(Insecure.SHA1.hash(data: bytes))
            case .sha256: Data(SHA256.hash(data: bytes))
            }
        return data.base64EncodedString()
    }

    private static let crc32Table = CRCTable(polynomial: 0xedb8_8320, bits: 32)
    private static let crc32cTable = CRCTable(polynomial: 0x82f6_3b78, bits: 32)
    private static let crc64Table = CRCTable(polynomial: 0x9a6c_9329_ac4b_c9b5, bits: 64)
}

/// A cyclic redundancy check whose bits are reflected, one byte at a time.
private struct CRCTable {
    private let table: [UInt64]
    private let mask: UInt64

    init(polynomial: UInt64, bits: Int) {
        mask = bits == 64 ? .max : (1 << UInt64(bits)) - 1
        table = (0..<256).map { byte in
            (0..<8).reduce(UInt64(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
        }
    }

    func checksum(_ bytes: [UInt8], width: Int) -> Data {
        var value = mask
        for byte in bytes { value = value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
        value = ~value & mask
        return Data((0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) })
    }
}
