import XCTest

@testable import WxPusher

final class ValueTests: XCTestCase {
    func testUnknownValuesAreKept() throws {
        let subscribe = try parseCallback(
            body: Data(
                #"{"action":"app_subscribe","data":{"appId":97,"source":"carrier pigeon","time":1,"uid":"UID_test"}}"#.utf8))
        guard case .appSubscribe(let event) = subscribe else { return XCTFail("\(subscribe)") }
        XCTAssertEqual(event.source, .other(word: "carrier pigeon"))
        XCTAssertEqual(event.time, Date(timeIntervalSince1970: 0.001))

        let order = try parseCallback(
            body: Data(
                #"{"action":"order_pay","data":{"addTime":-86400000,"amount":-5,"appId":97,"createTime":1,"prodId":2,"tradeNo":"7","type":9,"uid":"UID_test"}}"#
                    .utf8))
        guard case .orderPay(let event) = order else { return XCTFail("\(order)") }
        XCTAssertEqual(event.orderType, .other(number: 9))
        XCTAssertEqual(event.addTime, .seconds(-86_400))

        let body = #"{"action":"new","data":[1]}"#
        XCTAssertEqual(
            try parseCallback(body: Data(body.utf8)), .unknown(event: UnknownCallback(action: "new", raw: body)))
    }

    func testTimesCrossInMilliseconds() {
        for ms: Int64 in [0, 1, -1, 1_700_000_000_123, 253_402_300_799_999, 3_155_760_000_000_001] {
            XCTAssertEqual(Date(unixMilliseconds: ms).unixMilliseconds, ms)
            XCTAssertEqual(Duration.milliseconds(ms).wholeMilliseconds, ms)
        }
        XCTAssertEqual(Duration.microseconds(1999).wholeMilliseconds, 1)
    }

    func testTimesThatDoNotFitAreClamped() {
        XCTAssertEqual(Date(timeIntervalSince1970: 1e300).unixMilliseconds, .max)
        XCTAssertEqual(Date(timeIntervalSince1970: -1e300).unixMilliseconds, .min)
        XCTAssertEqual(Duration.seconds(Int64.max).wholeMilliseconds, .max)
        XCTAssertEqual(Duration.seconds(-Int64.max).wholeMilliseconds, .min)
    }

    func testAnOutcomeListsTheRecipientsThatFailed() throws {
        let row = { (uid: String, isOk: Bool) in
            TargetResult(
                uid: uid, topicId: nil, messageId: nil, sendRecordId: nil, code: isOk ? 1000 : 1001, status: "",
                isOk: isOk)
        }
        let outcome = SendOutcome(messageContentId: 1, targets: [row("a", true), row("b", false)])
        XCTAssertEqual(outcome.succeeded.map(\.uid), ["a"])
        XCTAssertEqual(outcome.failed.map(\.uid), ["b"])
        XCTAssertFalse(outcome.allOk)
        XCTAssertThrowsError(try outcome.ensureAll()) { error in
            let error = error as? WxPusherError
            XCTAssertEqual(error?.kind, .rejected)
            XCTAssertEqual(error?.outcome, outcome)
        }
    }

    func testTextAndLinkFunctions() throws {
        var limits = try currentLimits()
        limits.contentChars = 25
        let parts = try splitContent(content: String(repeating: "x", count: 30), limits: limits)
        XCTAssertTrue(parts.first?.hasPrefix("(1/3)\n") == true, "\(parts)")
        XCTAssertEqual(parts.joined().filter { $0 == "x" }.count, 30)
        XCTAssertThrowsError(try splitContent(content: "<p>", contentType: .html))
        XCTAssertEqual(try followUrl(topicId: 7), "https://wxpusher.zjiecode.com/app/#/follow?type=2&id=7")
        XCTAssertTrue(try followUrl(appId: 97, jump: true).hasSuffix("type=1&id=97&jump=auto"))
        XCTAssertThrowsError(try followUrl())
        XCTAssertEqual(try unverifiedEntryLinkUid(query: "https://example.invalid/?uid=UID_a"), "UID_a")
        XCTAssertThrowsError(try unverifiedEntryLinkUid(query: "https://example.invalid/"))
    }
}
