import XCTest

@testable import WxPusher

final class AsyncTests: XCTestCase {
    override func setUp() async throws {
        try await Server.post("/sandbox/rate-limit", #"{"enabled": false}"#)
    }

    func testSendBlocksOrAwaits() async throws {
        let client = try Server.client()
        let later = try await client.send(content: "later", uids: ["UID_testalice"])
        let now = try { try client.send(content: "now", uids: ["UID_testalice"]) }()
        XCTAssertTrue(later.allOk && now.allOk)
    }

    func testTasksCanShareAClient() async throws {
        let client = try Server.client()
        let outcomes = try await withThrowingTaskGroup(of: SendOutcome.self) { group in
            for number in 1...32 {
                group.addTask { try await client.send(content: "task \(number)", uids: ["UID_testalice"]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        XCTAssertEqual(outcomes.filter(\.allOk).count, 32)
        XCTAssertEqual(Set(outcomes.map(\.messageContentId)).count, 32)
    }

    /// More waits than Dispatch has threads, which include Swift's own.
    func testHundredsOfWaitsBlockNeitherEachOtherNorSwift() async throws {
        let client = try Server.client { $0.scanInterval = .seconds(10) }
        let code = try await client.createQrcode(extra: "together").code
        let started = expectation(description: "started")
        started.expectedFulfillmentCount = 300
        let start = ContinuousClock.now
        let waiting = (1...300).map { _ in
            Task {
                started.fulfill()
                return try await client.waitForScan(code: code, timeout: .seconds(60))
            }
        }
        await fulfillment(of: [started], timeout: 10)
        let outcome = try await client.send(content: "meanwhile", uids: ["UID_testalice"])
        XCTAssertTrue(outcome.allOk)
        for task in waiting { task.cancel() }
        for task in waiting {
            let error = try await error { try await task.value }
            XCTAssertEqual(error.kind, .cancelled)
        }
        XCTAssertLessThan(ContinuousClock.now - start, .seconds(10))
    }

    func testWorkRunsIfTheSystemRefusesAThread() async {
        let done = expectation(description: "done")
        done.expectedFulfillmentCount = 2
        onOwnThread { done.fulfill() }
        // No address space is large enough for this stack.
        onOwnThread(stackSize: 1 << 60) { done.fulfill() }
        await fulfillment(of: [done], timeout: 10)
    }

    func testACancelledTaskEndsOnlyItsCall() async throws {
        let client = try Server.client { $0.scanInterval = .seconds(10) }
        let qrcode = try await client.createQrcode(extra: "not scanned")
        let started = expectation(description: "started")
        let waiting = Task {
            started.fulfill()
            return try await client.waitForScan(qrcode: qrcode, timeout: .seconds(60))
        }
        await fulfillment(of: [started], timeout: 10)
        let cancelled = ContinuousClock.now
        waiting.cancel()
        let error = try await error { try await waiting.value }
        XCTAssertLessThan(ContinuousClock.now - cancelled, .milliseconds(300))
        XCTAssertEqual(error.kind, .cancelled)
        let isCancelled = try { try client.isCancelled() }()
        XCTAssertFalse(isCancelled)
        let uid = try await client.queryScanUid(qrcode: qrcode)
        XCTAssertNil(uid)
    }

    func testACancelledSendReportsThatItMayHaveBeenSent() async throws {
        let client = try Server.client()
        try await Server.post("/sandbox/faults", #"{"fault": "hang", "route": "send"}"#)
        let hanging = Task { try await client.send(content: "hangs", uids: ["UID_testalice"]) }
        try await until { try await !Server.faultsWaiting() }
        let cancelled = ContinuousClock.now
        hanging.cancel()
        let error = try await error { try await hanging.value }
        XCTAssertLessThan(ContinuousClock.now - cancelled, .milliseconds(300))
        XCTAssertEqual(error.kind, .cancelled)
        XCTAssertEqual(error.sent, .maybe)
    }

    func testACancelledTaskSendsNothing() async throws {
        let client = try Server.client()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(content: "never", uids: ["UID_testalice"])
        }
        let error = try await error { try await task.value }
        XCTAssertEqual(error.kind, .cancelled)
        XCTAssertEqual(error.sent, .no)
    }

    func testUsersRequestsAllPages() async throws {
        let client = try Server.client()
        let total = try await client.listUsers(pageSize: 1).total
        XCTAssertGreaterThan(total, 1)
        var ids = Set<Int64>()
        for try await user in client.users(pageSize: 1) { ids.insert(user.id) }
        XCTAssertEqual(Int64(ids.count), total)
    }

    func testUsersCanBeIteratedTwice() async throws {
        let users = try Server.client().users()
        let once = try await users.reduce(0) { count, _ in count + 1 }
        let twice = try await users.reduce(0) { count, _ in count + 1 }
        XCTAssertEqual(once, twice)
    }

    func testABroadcastReadsAnAsyncSequence() async throws {
        let client = try Server.client()
        let uids = AsyncStream<String> { stream in
            for uid in ["UID_testalice", "UID_testbob", "UID_testalice"] { stream.yield(uid) }
            stream.finish()
        }
        var batches: [Batch] = []
        for try await batch in client.broadcast(to: uids, content: "to all") { batches.append(batch) }
        XCTAssertEqual(batches.map(\.uids), [["UID_testalice", "UID_testbob"]])
        XCTAssertEqual(batches.map(\.done), [3])
        XCTAssertEqual(batches.map(\.duplicates), [1])
        XCTAssertEqual(batches.first?.outcome?.failed.map(\.uid), ["UID_testbob"])
    }

    func testABroadcastSendsInBatches() async throws {
        let client = try Server.client()
        let uids = (1...4001).lazy.map { "UID_testmany\($0)" }
        var sizes: [Int] = []
        for try await batch in client.broadcast(to: uids, content: "to many") {
            sizes.append(batch.uids.count)
            XCTAssertEqual(batch.error?.kind, .rejected)
        }
        XCTAssertEqual(sizes, [2000, 2000, 1])
    }

    func testAnErrorOfTheUidSequenceEndsTheBroadcast() async throws {
        struct Lost: Error {}
        let client = try Server.client()
        let uids = AsyncThrowingStream<String, any Error> { stream in
            for number in 1...2001 { stream.yield("UID_testlost\(number)") }
            stream.finish(throwing: Lost())
        }
        var steps = client.broadcast(to: uids, content: "to some").makeAsyncIterator()
        let first = try await steps.next()
        XCTAssertEqual(first?.done, 2000)
        do {
            let batch = try await steps.next()
            XCTFail("no error but \(String(describing: batch))")
        } catch is Lost {}
        let last = try await steps.next()
        XCTAssertNil(last)
    }

    func testTheFirstStepOfABroadcastThrowsIfTheMessageIsInvalid() async throws {
        let client = try Server.client()
        let error = try await error {
            for try await batch in client.broadcast(to: ["UID_testalice"], content: "") { XCTFail("\(batch)") }
        }
        XCTAssertEqual(error.kind, .invalidArgument)
        XCTAssertEqual(error.field, "content")
    }
}
