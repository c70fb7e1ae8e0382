import WxPusher

@main
struct App {
    static func main() async throws {
        let client = try Client.fromEnv()
        print("sync", try blocking(client).allOk)
        print("async", try await client.send(content: "async", uids: ["UID_testalice"]).allOk)
        let qrcode = try await client.createQrcode(extra: "not scanned")
        let waiting = Task { try await client.waitForScan(qrcode: qrcode, timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(200))
        let cancelled = ContinuousClock.now
        waiting.cancel()
        guard case .failure(let error) = await waiting.result else { fatalError("unexpected scan") }
        print("\(error) in time:", ContinuousClock.now - cancelled < .milliseconds(300))
    }

    static func blocking(_ client: Client) throws -> SendOutcome {
        try client.send(content: "sync", uids: ["UID_testalice"])
    }
}
