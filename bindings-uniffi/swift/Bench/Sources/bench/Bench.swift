// Measures the bar of the Swift package and merges it into the file named by the first argument.

import Foundation
import WxPusher

@main
struct Bench {
    static let warmUp = 100
    static let calls = 4000
    static let name = "swift.send_vs_raw"
    static let bar = 1.5
    static let unit = "times the median of a raw socket loop"

    static func main() throws {
        let port = KeepAlive.start()
        let client = try Client(appToken: "AT_test", config: Config(baseUrl: "http://127.0.0.1:\(port)"))
        var raw = Raw(port: port)

        // They take turns call by call, because the machine's pace changes; the first calls only warm up.
        var (ours, theirs): ([Duration], [Duration]) = ([], [])
        for call in 0..<warmUp + calls {
            let least = try timed { try raw.send(content: "磁盘已满", uid: "UID_a") }
            let own = try timed { try send(client) }
            if call >= warmUp {
                theirs.append(least)
                ours.append(own)
            }
        }
        let ratio = median(ours) / median(theirs)
        try merge(ratio, into: URL(fileURLWithPath: CommandLine.arguments[1]))
        let (value, verdict) = (String(format: "%10.3f  bar %8.2f", ratio, bar), ratio <= bar ? "ok   " : "OVER ")
        print(name.padding(toLength: 28, withPad: " ", startingAt: 0), value, verdict, unit)
        if ratio > bar { exit(1) }
    }

    static func send(_ client: Client) throws {
        let outcome = try client.send(content: "磁盘已满", uids: ["UID_a"])
        precondition(outcome.allOk)
    }

    static func timed(_ act: () throws -> Void) rethrows -> Duration {
        try ContinuousClock().measure(act)
    }

    static func median(_ times: [Duration]) -> Duration {
        times.sorted()[times.count / 2]
    }

    static func merge(_ ratio: Double, into file: URL) throws {
        let old = (try? Data(contentsOf: file)).flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
        var all = old ?? [:]
        all[name] = ["value": (ratio * 1000).rounded() / 1000, "bar": bar, "unit": unit] as [String: Any]
        try JSONSerialization.data(withJSONObject: all, options: [.prettyPrinted, .sortedKeys]).write(to: file)
    }
}
