internal import AWS
public import Core
internal import HTTP
internal import Registry

extension UnthrottleError {
    /// Any error of the rooms below, as a person is told of it.
    public static func forPeople(_ error: any Error) -> UnthrottleError {
        switch error {
        case let error as UnthrottleError: error
        case let error as AWSError: error.forPeople
        case let error as OutcomeUnknown: error.forPeople
        case let error as RegistryError: error.forPeople
        case let error as TransportError: error.forPeople
        case is CancellationError: UnthrottleError(.cancelled, "stopped")
        default: UnthrottleError(.system, "\(error)")
        }
    }
}
