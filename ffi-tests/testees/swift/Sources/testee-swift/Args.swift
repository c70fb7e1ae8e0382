import Foundation

/// A value is missing from a line, or has the wrong type.
struct Broken: Error {
    let what: String

    init(_ what: String) {
        self.what = what
    }
}

/// A JSON object of the suite.
struct Args {
    let object: [String: Any]

    init(_ json: Any) throws {
        guard let object = json as? [String: Any] else { throw Broken("an object") }
        self.object = object
    }

    func needed(_ name: String) throws -> Any {
        guard let value = object[name] else { throw Broken(name) }
        return value
    }

    private func cast<Value>(_ name: String, _ value: Any, to: Value.Type = Value.self) throws -> Value {
        guard let value = value as? Value else { throw Broken("\(name) is not a \(Value.self)") }
        return value
    }

    func text(_ name: String) throws -> String { try cast(name, needed(name)) }
    func maybeText(_ name: String) throws -> String? { try object[name].map { try cast(name, $0) } }
    func texts(_ name: String) throws -> [String] { try cast(name, needed(name)) }
    func maybeTexts(_ name: String) throws -> [String] { object[name] == nil ? [] : try texts(name) }
    func flag(_ name: String) throws -> Bool { try cast(name, needed(name)) }
    func maybeFlag(_ name: String) throws -> Bool? { object[name] == nil ? nil : try flag(name) }
    func number(_ name: String) throws -> Int { try cast(name, needed(name)) }
    func maybeNumber(_ name: String) throws -> Int? { object[name] == nil ? nil : try number(name) }

    /// A 64-bit integer, which is a text in JSON.
    func integer(_ name: String) throws -> Int64 {
        guard let integer = Int64(try text(name)) else { throw Broken(name) }
        return integer
    }

    func maybeInteger(_ name: String) throws -> Int64? { object[name] == nil ? nil : try integer(name) }

    func integers(_ name: String) throws -> [Int64] {
        try maybeTexts(name).map { text in
            guard let integer = Int64(text) else { throw Broken(name) }
            return integer
        }
    }
}
