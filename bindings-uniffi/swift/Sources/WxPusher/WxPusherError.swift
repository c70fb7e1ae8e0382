import Foundation

/// The reason why a call failed, and whether the request reached WxPusher.
///
/// ``message``, `localizedDescription` and `"\(error)"` are the same text. It contains no token.
public struct WxPusherError: Error, Equatable, Sendable {
    /// The kinds of error.
    public enum Kind: Int32, CaseIterable, Sendable {
        /// An argument was refused locally, before anything was sent. Has `field` and `reason`.
        case invalidArgument = 1
        /// The host was not found, refused the connection or cannot be reached. Has `reason`.
        case connect
        /// The TLS handshake failed, or the certificate is not trusted. Has `reason`.
        case tls
        /// The connect timeout or the total timeout ran out. Has `phase`.
        case timeout
        /// The connection broke. Has `reason`.
        case transport
        /// The HTTP status of the response is not 2xx. Has `httpStatus`, `serverMessage` and perhaps `serverCode`.
        case httpStatus
        /// The code of WxPusher's response is not 1000. Has `serverCode` and `serverMessage`.
        case api
        /// WxPusher accepted no recipient; as an error of `ensureAll`: not every recipient. Has `outcome`.
        case rejected
        /// The response is not JSON, has the wrong shape or is too large. Has `reason`.
        case invalidResponse
        /// The body is not a WxPusher callback. Has `reason`.
        case invalidCallback
        /// The entry link is forged, stale or replayed. Has `reason`.
        case invalidSignature
        /// The caller cancelled the call.
        case cancelled
        /// A bug in this library, for example a panic. Has `reason`.
        case `internal`
        /// The rate limit shared with other processes cannot be used. Nothing was sent. Has `reason`.
        case rateLimiter

        /// The kind's name, the same in all languages, for example `invalid_argument`.
        public var name: String {
            switch self {
            case .invalidArgument: "invalid_argument"
            case .connect: "connect"
            case .tls: "tls"
            case .timeout: "timeout"
            case .transport: "transport"
            case .httpStatus: "http_status"
            case .api: "api"
            case .rejected: "rejected"
            case .invalidResponse: "invalid_response"
            case .invalidCallback: "invalid_callback"
            case .invalidSignature: "invalid_signature"
            case .cancelled: "cancelled"
            case .internal: "internal"
            case .rateLimiter: "rate_limiter"
            }
        }
    }

    /// The kind of error.
    public var kind: Kind
    /// The text for people. It contains no token.
    public var message: String
    /// Whether the request reached WxPusher. Check it before you send again.
    public var sent: Sent
    /// Whether the call can be repeated: nothing was delivered by it, and a repetition can succeed.
    public var retryIsSafe: Bool
    /// Whether WxPusher refused the request because of its rate limit (HTTP 429). WxPusher does not document how its rate
    /// limiter responds, so `false` does not rule it out.
    public var isRateLimited: Bool
    /// The name of the argument, the same in all languages (`topic_ids`).
    public var field: String?
    /// The cause: what is wrong, and what is allowed.
    public var reason: String?
    /// The phase of the call in which a timeout ran out.
    public var phase: Phase?
    /// The HTTP status.
    public var httpStatus: Int?
    /// WxPusher's code, for example 1001 business failure or 1002 not authenticated. Others are possible.
    public var serverCode: Int64?
    /// WxPusher's text, unchanged. It may quote a token; ``message`` does not.
    public var serverMessage: String?
    /// The result for each recipient.
    public var outcome: SendOutcome?

    /// The number of the kind, the same in all languages.
    public var number: Int { Int(kind.rawValue) }

    /// Creates an error, for tests of your own code.
    public init(
        kind: Kind, message: String, sent: Sent = .no, retryIsSafe: Bool = false, isRateLimited: Bool = false,
        field: String? = nil, reason: String? = nil, phase: Phase? = nil, httpStatus: Int? = nil,
        serverCode: Int64? = nil, serverMessage: String? = nil, outcome: SendOutcome? = nil
    ) {
        self.kind = kind
        self.message = message
        self.sent = sent
        self.retryIsSafe = retryIsSafe
        self.isRateLimited = isRateLimited
        self.field = field
        self.reason = reason
        self.phase = phase
        self.httpStatus = httpStatus
        self.serverCode = serverCode
        self.serverMessage = serverMessage
        self.outcome = outcome
    }
}

extension WxPusherError: Hashable {
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(message)
    }
}

extension WxPusherError: LocalizedError, CustomNSError, CustomStringConvertible, CustomReflectable {
    public var errorDescription: String? { message }
    public var description: String { message }

    public static var errorDomain: String { "WxPusherError" }
    public var errorCode: Int { number }
    public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: message] }

    /// `dump` shows neither `serverMessage` nor `outcome`, which may quote a token.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "kind": kind.name, "message": message, "sent": sent, "retryIsSafe": retryIsSafe,
                "isRateLimited": isRateLimited,
            ], displayStyle: .struct)
    }
}
