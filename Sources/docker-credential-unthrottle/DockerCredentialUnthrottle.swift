import CredentialHelper

@main
struct Main {
    static func main() { HelperProgram.main() }
}
