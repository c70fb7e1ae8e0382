import Foundation
import WxPusher
import XCTest

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The sandbox that `test.sh` started.
enum Server {
    static var url: String {
        get throws { try XCTUnwrap(ProcessInfo.processInfo.environment["WXPUSHER_BASE_URL"], "run test.sh") }
    }

    static func client(_ change: (inout Config) -> Void = { _ in }) throws -> Client {
        var config = Config(baseUrl: try url, retryBase: .milliseconds(1))
        change(&config)
        return try Client(appToken: "AT_testdemo", config: config)
    }

    static func post(_ path: String, _ body: String) async throws {
        var request = URLRequest(url: try XCTUnwrap(URL(string: url + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (answer, response) = try await URLSession.shared.data(for: request)
        XCTAssertEqual((response as? HTTPURLResponse)?.statusCode, 200, String(decoding: answer, as: UTF8.self))
    }

    /// Whether a fault still waits for its call.
    static func faultsWaiting() async throws -> Bool {
        let (answer, _) = try await URLSession.shared.data(from: XCTUnwrap(URL(string: url + "/sandbox/faults")))
        return String(decoding: answer, as: UTF8.self).contains("hang")
    }
}

/// The error that a call ends with.
func error<Value>(of call: () async throws -> Value, line: UInt = #line) async throws -> WxPusherError {
    do {
        let value = try await call()
        XCTFail("no error but \(value)", line: line)
        throw CancellationError()
    } catch let error as WxPusherError {
        return error
    }
}

/// Asks again until something is so, at most for 10 s.
func until(line: UInt = #line, _ isSo: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while try await !isSo() {
        guard ContinuousClock.now - start < .seconds(10) else { return XCTFail("not within 10 s", line: line) }
        await Task.yield()
    }
}
