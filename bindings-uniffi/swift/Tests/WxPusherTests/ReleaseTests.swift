#if os(Linux)
    import XCTest

    import WxPusher

    /// What a client holds goes with its last reference.
    final class ReleaseTests: XCTestCase {
        /// What this process holds. Compared as sets, because what earlier tests left to the system's own pools may go at
        /// any time.
        private struct Held {
            var files: Set<String>
            var threads: Set<String>

            init() throws {
                let manager = FileManager.default
                // The folder's own descriptor is among them, and closed by the time it is looked up.
                files = Set(
                    try manager.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { number in
                        (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")).map { "\(number) \($0)" }
                    })
                threads = Set(try manager.contentsOfDirectory(atPath: "/proc/self/task"))
            }

            func beyond(_ before: Held) -> (files: Set<String>, threads: Set<String>) {
                (files.subtracting(before.files), threads.subtracting(before.threads))
            }
        }

        func testDeinitClosesConnectionsAndLeavesNoThread() throws {
            let before = try Held()
            for _ in 1...20 {
                let client = try Server.client()
                _ = try client.queryPayEndTime(uid: "UID_testalice", prodId: 12)
                let during = try Held().beyond(before)
                XCTAssertEqual(during.files.filter { $0.contains("socket:") }.count, 1)
                XCTAssertEqual(during.files.count, 1)
                XCTAssertEqual(during.threads, [])
            }
            let after = try Held().beyond(before)
            XCTAssertEqual(after.files, [])
            XCTAssertEqual(after.threads, [])
        }

        func testAwaitedCallsLeaveNothingEither() async throws {
            let before = try Held()
            var client: Client? = try Server.client()
            _ = try await client?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            XCTAssertEqual(try Held().beyond(before).files.count, 1)
            client = nil
            // The call's thread lets go of the client a moment after its result is there.
            try await until { try Held().beyond(before).files.isEmpty }
        }

        func testAScopedClientKeepsTheConnectionsAlive() throws {
            let before = try Held()
            var client: Client? = try Server.client()
            var scoped = try client?.scoped()
            _ = try client?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            let connection = try Held().beyond(before).files
            XCTAssertEqual(connection.count, 1)
            client = nil
            _ = try scoped?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            XCTAssertEqual(try Held().beyond(before).files, connection)
            scoped = nil
            XCTAssertEqual(try Held().beyond(before).files, [])
        }
    }
#endif
