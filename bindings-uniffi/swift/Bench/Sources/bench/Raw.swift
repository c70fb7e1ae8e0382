import Foundation

/// What remains when there is no HTTP library at all: a socket, and Foundation's JSON.
struct Raw {
    private struct Request: Encodable {
        let appToken: String, content: String, contentType: Int, uids: [String]
    }

    private struct Answer: Decodable {
        struct Row: Decodable {
            let uid: String?, topicId: Int64?, messageId: Int64?, messageContentId: Int64?, sendRecordId: Int64?
            let code: Int64, status: String
        }
        let code: Int64, msg: String, data: [Row]
    }

    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()
    private var socket: Socket

    init(port: UInt16) {
        socket = Socket.connect(port: port)
    }

    mutating func send(content: String, uid: String) throws {
        let body = try encoder.encode(Request(appToken: "AT_test", content: content, contentType: 1, uids: [uid]))
        let head = """
            POST /api/send/message HTTP/1.1\r
            host: 127.0.0.1\r
            content-type: application/json\r
            accept: application/json\r
            user-agent: raw\r
            content-length: \(body.count)\r
            \r\n
            """
        socket.write([UInt8](head.utf8) + body)
        guard let reply = socket.readBody() else { throw URLError(.networkConnectionLost) }
        let answer = try decoder.decode(Answer.self, from: reply)
        precondition(answer.code == 1000 && answer.data.allSatisfy { $0.code == 1000 })
    }
}
