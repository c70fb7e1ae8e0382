import WxPusherFFI
import XCTest

@testable import WxPusher

final class ErrorTests: XCTestCase {
    static let outcome = SendOutcome(messageContentId: nil, targets: [])

    func testKindsAreThoseOfTheLibrary() throws {
        let kinds = WxPusherError.Kind.allCases.map { ErrorKind(number: $0.rawValue, name: $0.name) }
        XCTAssertEqual(kinds, try errorKinds())
    }

    /// An error as Rust writes it.
    private func written(_ kind: WxPusherError.Kind) throws -> WxPusherError {
        var bytes: [UInt8] = []
        func optional(_ isPresent: Bool, _ write: () -> Void) {
            writeInt(&bytes, Int8(isPresent ? 1 : 0))
            if isPresent { write() }
        }
        writeInt(&bytes, Int32(1))
        writeInt(&bytes, kind.rawValue)
        FfiConverterString.write("what to show", into: &bytes)
        FfiConverterTypeSent.write(.maybe, into: &bytes)
        FfiConverterBool.write(true, into: &bytes)
        FfiConverterBool.write(kind == .httpStatus, into: &bytes)
        optional(kind == .invalidArgument) { FfiConverterString.write("uids", into: &bytes) }
        optional(kind != .timeout) { FfiConverterString.write("why", into: &bytes) }
        optional(kind == .timeout) { FfiConverterTypePhase.write(.receive, into: &bytes) }
        optional(kind == .httpStatus) { writeInt(&bytes, Int32(429)) }
        optional(kind == .api) { writeInt(&bytes, Int64(1001)) }
        optional(kind == .api) { FfiConverterString.write("AT_testsecret", into: &bytes) }
        optional(kind == .rejected) { FfiConverterTypeSendOutcome.write(Self.outcome, into: &bytes) }
        var reader = createReader(data: Data(bytes))
        defer { XCTAssertFalse(hasRemaining(reader)) }
        return try FfiConverterTypeWxPusherError.read(from: &reader)
    }

    func testEveryKindIsReadAndShowsOnlyTheLibrarysText() throws {
        for kind in WxPusherError.Kind.allCases {
            let error = try written(kind)
            XCTAssertEqual(error.kind, kind)
            XCTAssertEqual(error.number, Int(kind.rawValue))
            XCTAssertEqual((error as NSError).code, error.number)
            XCTAssertEqual(error.sent, .maybe)
            XCTAssertTrue(error.retryIsSafe)
            XCTAssertEqual(error.isRateLimited, kind == .httpStatus)
            XCTAssertEqual(error.localizedDescription, "what to show")
            XCTAssertEqual("\(error)", "what to show")
            XCTAssertEqual(String(reflecting: error), "what to show")
            var dumped = ""
            dump(error, to: &dumped)
            XCTAssertFalse(dumped.contains("secret"), dumped)
        }
        XCTAssertEqual(try written(.timeout).phase, .receive)
        XCTAssertEqual(try written(.httpStatus).httpStatus, 429)
        XCTAssertEqual(try written(.api).serverCode, 1001)
        XCTAssertEqual(try written(.api).serverMessage, "AT_testsecret")
        XCTAssertEqual(try written(.rejected).outcome, Self.outcome)
    }

    func testTheTextOfAnInvalidArgument() async throws {
        let client = try Server.client()
        let error = try await error { try await client.send(content: "", uids: ["UID_testalice"]) }
        XCTAssertEqual(error.localizedDescription, "invalid argument `content`: must have 1 to 40000 characters (got 0)")
    }

    /// No function of this library is known to panic. UniFFI's allocation does, in the library that is linked.
    func testAPanicInRustIsReported() throws {
        var status = RustCallStatus()
        _ = ffi_wxpusher_uniffi_rustbuffer_alloc(UInt64.max, &status)
        XCTAssertEqual(status.code, 2)
        let said = try XCTUnwrap(status.errorBuf.data)
        let text = String(decoding: UnsafeBufferPointer(start: said, count: Int(status.errorBuf.len)), as: UTF8.self)
        XCTAssertEqual(text, "capacity overflow")
        var freed = RustCallStatus()
        ffi_wxpusher_uniffi_rustbuffer_free(status.errorBuf, &freed)
        XCTAssertEqual(freed.code, 0)
        XCTAssertEqual(try errorKinds().count, 14)
    }

    func testTheTextOfArgumentsShowsNoSecret() {
        let config = Config(proxy: "http://me:secret@localhost:1", defaultSpts: ["SPT_testsecret"])
        let push = SimplePush(content: "x", spts: ["SPT_testsecret"])
        XCTAssertFalse("\(config) \(String(reflecting: config))".contains("secret"))
        XCTAssertFalse("\(push) \(String(reflecting: push))".contains("secret"))
    }

    func testTheTextOfAnOutcomeMasksTokens() {
        let target = TargetResult(
            uid: "UID_testalice", topicId: nil, messageId: nil, sendRecordId: nil, code: 1001,
            status: "AT_testsecret 不存在", isOk: false)
        let outcome = SendOutcome(messageContentId: nil, targets: [target])
        let batch = Batch(number: 1, uids: [], done: 1, duplicates: 0, outcome: outcome, error: nil)
        for text in [
            "\(target)", "\(outcome)", "\(batch)",
            String(reflecting: target), String(reflecting: outcome), String(reflecting: batch),
        ] {
            XCTAssertTrue(text.contains("AT_*** 不存在"), text)
            XCTAssertFalse(text.contains("secret"), text)
        }
    }
}
