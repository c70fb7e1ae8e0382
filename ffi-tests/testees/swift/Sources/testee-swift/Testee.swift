// The Swift testee: reads one call per line, makes it through the public API, and writes the result. It has no expectations.

import Foundation
import WxPusher

@main
struct Testee {
    static func main() async throws {
        var client: Result<Client, any Error> = .failure(Broken("the first call of a case must have client options"))
        while let text = readLine() {
            let line = try Args(JSONSerialization.jsonObject(with: Data(text.utf8)))
            if let options = line.object["client"] {
                let options = try Args(options)
                client = Result { try makeClient(options) }
            }
            print(try await respond(line, client))
            fflush(nil)
        }
    }
}

func respond(_ line: Args, _ client: Result<Client, any Error>) async throws -> String {
    var report: [String: Any] = ["id": line.object["id"] ?? NSNull()]
    do {
        let client = try client.get()
        if let ms = try line.maybeNumber("cancel_after_ms") {
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(ms)) { try? client.cancel() }
        }
        let method = try line.text("call")
        if let ok = try await call(method, Args(line.needed("args")), client) {
            report["ok"] = ok
        } else {
            report["unsupported"] = method
        }
    } catch let error as WxPusherError {
        FileHandle.standardError.write(Data("\(error)\n\(String(reflecting: error))\n".utf8))
        report["err"] = reported(error)
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: report), as: UTF8.self)
}

func makeClient(_ options: Args) throws -> Client {
    var config = Config()
    var appToken: String?
    for name in options.object.keys {
        switch name {
        case "app_token": appToken = try options.text(name)
        case "base_url": config.baseUrl = try options.text(name)
        case "timeout_ms": config.timeout = try .milliseconds(options.number(name))
        case "connect_timeout_ms": config.connectTimeout = try .milliseconds(options.number(name))
        case "max_retries": config.maxRetries = try Int32(options.number(name))
        case "base_delay_ms": config.baseDelay = try .milliseconds(options.number(name))
        case "max_delay_ms": config.maxDelay = try .milliseconds(options.number(name))
        case "rate_limit_sends": config.rateLimitSends = try options.flag(name)
        case "rate_limit_calls": config.rateLimitCalls = try Int32(options.number(name))
        case "rate_limit_window_ms": config.rateLimitWindow = try .milliseconds(options.number(name))
        case "limits": config.limits = try options.text(name) == "2022" ? limitsOf2022() : currentLimits()
        case "allow_plain_http": config.allowPlainHttp = try options.flag(name)
        case "user_agent": config.userAgent = try options.text(name)
        case "scan_interval_ms": config.scanInterval = try .milliseconds(options.number(name))
        case "default_uids": config.defaultUids = try options.texts(name)
        case "default_topic_ids": config.defaultTopicIds = try options.integers(name)
        case "default_spts": config.defaultSpts = try options.texts(name)
        default: throw Broken("unknown client option \(name)")
        }
    }
    return try Client(appToken: appToken, config: config)
}
