#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The system's number for an address that another socket holds.
let addressInUse = EADDRINUSE
