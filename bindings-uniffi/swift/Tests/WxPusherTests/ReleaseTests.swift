#if os(Linux)
    import XCTest

    import WxPusher

    /// What a client holds goes with its last reference.
    final class ReleaseTests: XCTestCase {
        /// Sockets and threads of this process.
        private func held() throws -> (sockets: Int, threads: Int) {
            let files = FileManager.default
            let links = try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            let threads = try files.contentsOfDirectory(atPath: "/proc/self/task").count
            return (links.filter { $0.hasPrefix("socket:") }.count, threads)
        }

        func testDeinitClosesConnectionsAndLeavesNoThread() throws {
            let before = try held()
            for _ in 1...20 {
                let client = try Server.client()
                _ = try client.queryPayEndTime(uid: "UID_testalice", prodId: 12)
                let during = try held()
                XCTAssertEqual(during.sockets, before.sockets + 1)
                XCTAssertEqual(during.threads, before.threads)
            }
            let after = try held()
            XCTAssertEqual(after.sockets, before.sockets)
            XCTAssertEqual(after.threads, before.threads)
        }

        func testAScopedClientKeepsTheConnectionsAlive() throws {
            let before = try held().sockets
            var client: Client? = try Server.client()
            var scoped = try client?.scoped()
            _ = try client?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            client = nil
            XCTAssertEqual(try held().sockets, before + 1)
            _ = try scoped?.queryPayEndTime(uid: "UID_testalice", prodId: 12)
            XCTAssertEqual(try held().sockets, before + 1)
            scoped = nil
            XCTAssertEqual(try held().sockets, before)
        }
    }
#endif
