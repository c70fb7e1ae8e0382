import Foundation

extension WxPusherError {
    /// The kind's number and name, the same in all languages; for example 1, `invalid_argument`.
    public var kind: ErrorKind {
        switch self {
        case .InvalidArgument: ErrorKind(number: 1, name: "invalid_argument")
        case .Connect: ErrorKind(number: 2, name: "connect")
        case .Tls: ErrorKind(number: 3, name: "tls")
        case .Timeout: ErrorKind(number: 4, name: "timeout")
        case .Transport: ErrorKind(number: 5, name: "transport")
        case .HttpStatus: ErrorKind(number: 6, name: "http_status")
        case .Api: ErrorKind(number: 7, name: "api")
        case .Rejected: ErrorKind(number: 8, name: "rejected")
        case .InvalidResponse: ErrorKind(number: 9, name: "invalid_response")
        case .InvalidCallback: ErrorKind(number: 10, name: "invalid_callback")
        case .InvalidSignature: ErrorKind(number: 11, name: "invalid_signature")
        case .Cancelled: ErrorKind(number: 12, name: "cancelled")
        case .Internal: ErrorKind(number: 13, name: "internal")
        case .RateLimiter: ErrorKind(number: 14, name: "rate_limiter")
        }
    }

    /// Whether the request reached the server: what one needs to know before sending again.
    public var sent: Sent {
        switch self {
        case .InvalidArgument(_, let sent, _, _), .Connect(_, let sent, _), .Tls(_, let sent, _),
            .Timeout(_, let sent, _), .Transport(_, let sent, _), .HttpStatus(_, let sent, _, _, _),
            .Api(_, let sent, _, _), .Rejected(_, let sent, _), .InvalidResponse(_, let sent, _),
            .InvalidCallback(_, let sent, _), .InvalidSignature(_, let sent, _), .Cancelled(_, let sent),
            .Internal(_, let sent, _), .RateLimiter(_, let sent, _):
            sent
        }
    }
}

/// `localizedDescription`, `"\(error)"` and an uncaught error all show the library's own text, which holds no secret.
extension WxPusherError: LocalizedError, CustomStringConvertible {
    public var errorDescription: String? { description }
}
