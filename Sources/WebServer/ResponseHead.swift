import Foundation
import Synchronization

/// The first lines of an answer.
enum ResponseHead {
    enum Length { case bytes(Int), chunked, untilTheEnd }

    static func bytes(of response: HTTPResponse, _ length: Length, closing: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(response.status) \(ReasonPhrase.of(response.status))\r\nDate: \(Dates.now())\r\n"
        for (name, value) in response.headers where isAllowed(name, value) { head += "\(name): \(value)\r\n" }
        switch length {
        case _ where !hasBody(response.status): break
        case .bytes(let count): head += "Content-Length: \(count)\r\n"
        case .chunked: head += "Transfer-Encoding: chunked\r\n"
        case .untilTheEnd: break
        }
        if closing { head += "Connection: close\r\n" }
        head += "\r\n"
        return Array(head.utf8)
    }

    /// - Source: RFC 9110, section 6.4.1; RFC 9112, section 6.1.
    static func hasBody(_ status: Int) -> Bool { status >= 200 && status != 204 && status != 304 }

    private static func isAllowed(_ name: String, _ value: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(Byte.isToken) && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == Byte.tab }
    }

    /// The date as HTTP writes it, made once a second.
    private enum Dates {
        private static let last = Mutex<(second: Int, text: String)>((-1, ""))

        static func now() -> String { text(at: time(nil)) }

        /// - Source: RFC 9110, section 5.6.7.
        private static func text(at now: time_t) -> String {
            last.withLock { last in
                guard now != last.second else { return last.text }
                last.second = now
                var (now, parts) = (now, tm())
                gmtime_r(&now, &parts)
                let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
                let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
                func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
                last.text =
                    "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
                    + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
                return last.text
            }
        }
    }
}
