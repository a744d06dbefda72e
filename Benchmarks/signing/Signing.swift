import AWS
import Core
import FoundationEssentials
import HTTP
import HTTPTypes

/// Signs the requests of a file over and over on one thread, and prints how many it signed in a second.
///
///     signing REQUESTS SECONDS
///
/// REQUESTS holds one JSON object a line: method, url, headers (pairs), body, service and region.
@main
struct Signing {
    struct Line: Decodable {
        var method: String
        var url: String
        var headers: [[String]]
        var body: String
        var service: String
        var region: String
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let seconds = Double(arguments[2]) else {
            throw UnthrottleError(.usage, "signing REQUESTS SECONDS")
        }
        let lines = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n").map { line in
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            var fields = HTTPFields()
            for pair in line.headers {
                guard let name = HTTPField.Name(pair[0]) else { continue }
                fields.append(HTTPField(name: name, value: pair[1]))
            }
            let request = WebRequest(
                .init(rawValue: line.method) ?? .post, line.url, headers: fields, body: Array(line.body.utf8))
            return (line.service, line.region, request)
        }
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            sessionToken: Secret(String(repeating: "token", count: 100)))
        // One signer for each service, as each client has its own.
        let signers = Dictionary(lines.map { ($0.0, RequestSigner()) }, uniquingKeysWith: { first, _ in first })
        let requests = lines.map { ($0, $1, $2, signers[$0] ?? RequestSigner()) }
        let clock = ContinuousClock()
        let start = clock.now
        var (signed, fields) = (0, 0)
        while clock.now - start < .seconds(seconds) {
            for (service, region, request, signer) in requests {
                let result = try signer.sign(
                    request, service: service, region: region, credentials: credentials, at: Date())
                fields += result.headers.count
            }
            signed += requests.count
        }
        let took = (clock.now - start) / .seconds(1)
        guard fields > 3 * signed else { throw UnthrottleError(.failed, "requests were not signed") }
        print(Int(Double(signed) / took))
    }
}
