import CCurl
import Foundation

/// HTTP/1.1 with kept connections, over libcurl. Meant to be made once and shared by all clients.
///
/// One thread drives every transfer; callers suspend until theirs is done. `https` honours the environment's
/// `https_proxy` and `no_proxy`; `http`, which only ever leads to a simulator, goes direct.
package final class CurlTransport: Transport {
    private let loop: CurlLoop

    /// - Parameters:
    ///   - connections: At most so many requests are under way; further ones wait, inside their timeout.
    ///   - longestAnswer: In bytes; a longer answer is given up as `.interrupted`.
    package init(connections: Int = 64, longestAnswer: Int = 32 << 20) {
        loop = CurlLoop(connections: connections, longestAnswer: longestAnswer)
        let thread = Thread { [loop] in loop.run() }
        thread.name = "curl"
        thread.start()
    }

    // A request that is under way keeps the transport alive, so at this point there is none.
    deinit { loop.stop() }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        // curl would end the header there and begin another.
        guard request.headers.allSatisfy({ header in (header.name + header.value).utf8.allSatisfy { $0 >= 32 && $0 != 127 } }) else {
            throw .notReached("a header holds a control character")
        }
        let transfer = CurlTransfer(request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                transfer.caller = caller
                loop.start(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try result.get()
    }
}

/// One request on its way. Its caller hands it to the loop's thread, which alone touches it from then on.
///
/// Unchecked: it holds curl's C pointers.
final class CurlTransfer: @unchecked Sendable {
    let request: HTTPRequest
    let deadline: ContinuousClock.Instant
    var caller: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>?
    var isCancelled = false
    var handle: UnsafeMutableRawPointer?
    var lines: UnsafeMutablePointer<curl_slist>?
    var headers: [String: String] = [:]
    var body = Data()
    var isTooLong = false
    var longestAnswer = 0

    init(_ request: HTTPRequest) {
        self.request = request
        deadline = .now + .milliseconds(request.timeoutMilliseconds)
    }

    /// - Returns: `false` to end the transfer.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= longestAnswer else {
            isTooLong = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    func receiveHeader(_ line: UnsafeRawBufferPointer) {
        if line.starts(with: "HTTP/".utf8) {
            // A status line: an informational answer, or a proxy's, came before.
            headers.removeAll(keepingCapacity: true)
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            headers[name] = value.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
