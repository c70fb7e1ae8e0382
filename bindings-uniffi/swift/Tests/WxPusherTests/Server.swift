import Foundation
import WxPusher
import XCTest

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The sandbox that `test.sh` starts.
enum Server {
    static var url: String {
        get throws { try XCTUnwrap(ProcessInfo.processInfo.environment["WXPUSHER_BASE_URL"], "run test.sh") }
    }

    static func client(_ change: (inout Config) -> Void = { _ in }) throws -> Client {
        var config = Config(baseUrl: try url, baseDelay: .milliseconds(1))
        change(&config)
        return try Client(appToken: "AT_testdemo", config: config)
    }

    static func post(_ path: String, _ body: String) async throws {
        var request = URLRequest(url: try XCTUnwrap(URL(string: url + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (body, response) = try await URLSession.shared.data(for: request)
        XCTAssertEqual((response as? HTTPURLResponse)?.statusCode, 200, String(decoding: body, as: UTF8.self))
    }

    /// Whether a fault has not been used yet.
    static func faultsWaiting() async throws -> Bool {
        let (body, _) = try await URLSession.shared.data(from: XCTUnwrap(URL(string: url + "/sandbox/faults")))
        return String(decoding: body, as: UTF8.self).contains("hang")
    }
}

/// Returns the error that a call throws.
func error<Value>(of call: () async throws -> Value, line: UInt = #line) async throws -> WxPusherError {
    do {
        let value = try await call()
        XCTFail("no error but \(value)", line: line)
        throw CancellationError()
    } catch let error as WxPusherError {
        return error
    }
}

/// Waits until a condition holds, at most 10 s.
func until(line: UInt = #line, _ condition: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
        guard ContinuousClock.now - start < .seconds(10) else { return XCTFail("not within 10 s", line: line) }
        await Task.yield()
    }
}
