#if os(Linux)
    import XCTest

    import WxPusher

    /// A client's resources are released with its last reference.
    final class ReleaseTests: XCTestCase {
        /// The open files and threads of this process. Compared as sets, because the system's pools may release those of
        /// earlier tests at any time.
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

        func testAwaitedCallsLeaveNoFile() async throws {
            let before = try Held()
            var client: Client? = try Server.client()
            _ = try await client?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            XCTAssertEqual(try Held().beyond(before).files.count, 1)
            client = nil
            // The call's thread releases the client shortly after it returned the result.
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
