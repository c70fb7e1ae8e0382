import Foundation

extension Date {
    /// Creates a date from milliseconds since 1970, as they cross to Rust.
    init(unixMilliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(unixMilliseconds) / 1000)
    }

    var unixMilliseconds: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        return Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero; `.max` or `.min` if they do not fit.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, tooMuch) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return tooLong || tooMuch ? (seconds < 0 ? .min : .max) : sum
    }
}
