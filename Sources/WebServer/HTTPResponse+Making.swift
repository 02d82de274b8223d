import CMicroHTTPD
import Foundation

extension HTTPResponse {
    /// - Returns: libmicrohttpd's form of the body, to be destroyed by the caller; nil when the connection is to be cut.
    func made(for connection: Connection, life: Life) -> OpaquePointer? {
        switch (transport, body) {
        case (.cut, _): nil
        case (.truncated(let count), .bytes(let bytes)): Self.breaking(after: Array(bytes.prefix(count)), of: bytes.count)
        case (_, .bytes(let bytes)):
            bytes.withUnsafeBytes {
                MHD_create_response_from_buffer($0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
            }
        case (_, .stream(let produce)): BodyStream(connection, life, produce).made()
        }
    }

    /// A response that announces `total` bytes and breaks off after the given ones.
    private static func breaking(after bytes: [UInt8], of total: Int) -> OpaquePointer? {
        final class Rest {
            let bytes: [UInt8]
            init(_ bytes: [UInt8]) { self.bytes = bytes }
        }
        return MHD_create_response_from_callback(
            UInt64(max(total, bytes.count + 1)), 4096,
            { context, position, buffer, size in
                let bytes = Unmanaged<Rest>.fromOpaque(context!).takeUnretainedValue().bytes
                let start = Int(position)
                guard start < bytes.count else { return BodyStream.broken }
                let count = min(size, bytes.count - start)
                bytes.withUnsafeBytes { _ = memcpy(buffer!, $0.baseAddress! + start, count) }
                return count
            }, Unmanaged.passRetained(Rest(bytes)).toOpaque(), { Unmanaged<Rest>.fromOpaque($0!).release() })
    }
}
