import CPages
import Ledger
import WebServer

/// The style sheet, the script and the icon: files of `Sources/CPages`, inside the binary. Their addresses carry a
/// hash of their content, so that browsers may cache them forever.
enum Assets {
    struct File: Sendable {
        let link: Link
        let type: String
        let bytes: [UInt8]

        init(_ asset: pages_asset, _ name: String, _ ending: String, _ type: String) {
            bytes = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
            link = Link("assets", "\(name)-\(String(hexadecimal(SHA256.digest(bytes)).prefix(12))).\(ending)")
            self.type = type
        }
    }

    static let style = File(pages_style, "pages", "css", "text/css; charset=utf-8")
    static let script = File(pages_script, "pages", "js", "text/javascript; charset=utf-8")
    static let icon = File(pages_icon, "icon", "svg", "image/svg+xml")

    static func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard let file = [style, script, icon].first(where: { $0.link.address == request.rawPath }) else {
            return HTTPResponse(status: 404)
        }
        guard ["GET", "HEAD"].contains(request.method) else {
            return HTTPResponse(status: 405, headers: [HTTPResponse.allow(["GET"])])
        }
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", file.type), ("Cache-Control", "public, max-age=31536000, immutable"),
                ("X-Content-Type-Options", "nosniff"),
            ], body: file.bytes)
    }
}
