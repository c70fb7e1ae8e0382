import WxPusherFFI
import XCTest

@testable import WxPusher

final class ErrorTests: XCTestCase {
    static let outcome = SendOutcome(messageContentId: nil, targets: [])

    static let all: [WxPusherError] = [
        .InvalidArgument(text: "text 1", sent: .no, field: "uids", reason: "r"),
        .Connect(text: "text 2", sent: .no, reason: "r"),
        .Tls(text: "text 3", sent: .no, reason: "r"),
        .Timeout(text: "text 4", sent: .maybe, phase: .receive),
        .Transport(text: "text 5", sent: .maybe, reason: "r"),
        .HttpStatus(text: "text 6", sent: .yes, status: 502, code: nil, msg: "AT_testsecret"),
        .Api(text: "text 7", sent: .yes, code: 1001, msg: "AT_testsecret"),
        .Rejected(text: "text 8", sent: .yes, outcome: outcome),
        .InvalidResponse(text: "text 9", sent: .yes, reason: "r"),
        .InvalidCallback(text: "text 10", sent: .no, reason: "r"),
        .InvalidSignature(text: "text 11", sent: .no, reason: "r"),
        .Cancelled(text: "text 12", sent: .maybe),
        .Internal(text: "text 13", sent: .maybe, reason: "r"),
        .RateLimiter(text: "text 14", sent: .no, reason: "r"),
    ]

    func testKindsAreThoseOfTheLibraryBothWays() throws {
        XCTAssertEqual(Self.all.map(\.kind), try errorKinds())
    }

    func testEveryKindShowsTheLibrarysTextAndNothingElse() {
        for error in Self.all {
            let text = "text \(error.kind.number)"
            XCTAssertEqual(error.localizedDescription, text)
            XCTAssertEqual("\(error)", text)
            XCTAssertEqual(String(reflecting: error), text)
        }
    }

    func testEveryKindSaysWhetherTheRequestWasSent() {
        XCTAssertEqual(
            Self.all.map(\.sent),
            [.no, .no, .no, .maybe, .maybe, .yes, .yes, .yes, .yes, .no, .no, .maybe, .maybe, .no])
    }

    func testARealErrorReadsWell() async throws {
        let client = try Server.client()
        let error = try await error { try await client.send(content: "", uids: ["UID_testalice"]) }
        XCTAssertEqual(error.localizedDescription, "invalid argument `content`: must have 1 to 40000 characters (got 0)")
    }

    /// Nothing of ours is known to panic; UniFFI's own allocation does, in the very library that is linked.
    func testAPanicInRustIsReportedAndNoEnd() throws {
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

    func testTheTextOfWhatGoesInShowsNoSecret() {
        let config = Config(proxy: "http://me:secret@localhost:1", defaultSpts: ["SPT_testsecret"])
        let push = SimplePush(content: "x", spts: ["SPT_testsecret"])
        XCTAssertFalse("\(config) \(String(reflecting: config))".contains("secret"))
        XCTAssertFalse("\(push) \(String(reflecting: push))".contains("secret"))
    }

    func testTheTextOfAnOutcomeShowsNoSecretThatTheServerQuotes() {
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
