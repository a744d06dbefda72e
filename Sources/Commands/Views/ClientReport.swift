/// What is known of one client.
struct ClientReport: Encodable {
    var client: String
    var authenticated: Bool
    var username: String?
    var through: String
    var reason: String?
    var advice: String?

    mutating func refuse(_ reason: String) {
        (authenticated, self.reason) = (false, reason)
        advice = "Docker Hub refuses this login: renew the token, and put it into the secret."
    }

    func show(_ console: Console) {
        let mark = authenticated ? console.styled("authenticated", .green) : console.styled("anonymous", .red)
        let name = client.padding(to: 10)
        console.print("\(name)\(mark)\(username.map { authenticated ? " as \($0)" : "" } ?? "")  (\(through))")
        if let reason { console.print("          \(reason)") }
        if let advice { console.print("          \(advice)") }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
