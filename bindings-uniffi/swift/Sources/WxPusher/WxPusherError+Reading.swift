import Foundation
import WxPusherFFI

/// Reads Rust's `WxPusherError`: the number of its only variant, then the fields of `ErrorDetails` in their order.
struct FfiConverterTypeWxPusherError: FfiConverterRustBuffer {
    typealias SwiftType = WxPusherError

    static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> WxPusherError {
        let _: Int32 = try readInt(&buf)
        guard let kind = WxPusherError.Kind(rawValue: try readInt(&buf)) else {
            throw UnknownKind()
        }
        return WxPusherError(
            kind: kind,
            message: try FfiConverterString.read(from: &buf),
            sent: try FfiConverterTypeSent.read(from: &buf),
            retryIsSafe: try FfiConverterBool.read(from: &buf),
            isRateLimited: try FfiConverterBool.read(from: &buf),
            field: try optional(&buf, FfiConverterString.read),
            reason: try optional(&buf, FfiConverterString.read),
            phase: try optional(&buf, FfiConverterTypePhase.read),
            httpStatus: try optional(&buf, FfiConverterInt32.read).map(Int.init),
            serverCode: try optional(&buf, FfiConverterInt64.read),
            serverMessage: try optional(&buf, FfiConverterString.read),
            outcome: try optional(&buf, FfiConverterTypeSendOutcome.read))
    }

    private static func optional<Value>(
        _ buf: inout (data: Data, offset: Data.Index),
        _ read: (inout (data: Data, offset: Data.Index)) throws -> Value
    ) throws -> Value? {
        let isPresent: Int8 = try readInt(&buf)
        return isPresent == 0 ? nil : try read(&buf)
    }

    static func write(_ value: WxPusherError, into buf: inout [UInt8]) {
        preconditionFailure("errors are never passed to Rust")
    }
}

private struct UnknownKind: Error {}

func FfiConverterTypeWxPusherError_lift(_ buf: RustBuffer) throws -> WxPusherError {
    try FfiConverterTypeWxPusherError.lift(buf)
}
