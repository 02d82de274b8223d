import Stripe
import TestSupport
import Testing
import struct WebServer.HTTPRequest
import enum WebServer.MultipartForm

/// What the ledger writes to Stripe is read by Stripe as it was meant, and what others write is read without harm.
@Suite struct `Forms and percent signs` {
    @Test(arguments: Noise.seeds)
    func `are read as they were written`(seed: UInt64) throws {
        var noise = Noise(seed: seed)
        for _ in 0..<Noise.rounds {
            let fields = (0..<Int.random(in: 1...4, using: &noise)).map { _ in (noise.text(upTo: 6), noise.text(upTo: 12)) }
            var form: Form = [:]
            for (name, value) in fields { form.append(name, .string(value)) }
            let read = HTTPRequest(method: "GET", target: "/?" + form.encoded).parameters
            // A field without a name and a value is nothing at all.
            #expect(
                read.elementsEqual(fields) { $0.name.utf8.elementsEqual($1.0.utf8) && $0.value.utf8.elementsEqual($1.1.utf8) }, "\(fields)")
        }
    }

    @Test(arguments: Noise.seeds)
    func `nested are read as a tree by the simulated Stripe`(seed: UInt64) throws {
        var noise = Noise(seed: seed)
        let names = ["a", "metadata", "ä b", "payment_method_options", "0", "%5B"]
        for _ in 0..<Noise.rounds {
            var leaves: [(path: [String], text: String)] = []
            let form = Self.tree(&noise, names, depth: 0, [], &leaves)
            #expect(ReadForm.leaves(Array(form.encoded.utf8)) == leaves.map { $0.path + [$0.text] }, "\(form.encoded)")
        }
    }

    private static func tree(
        _ noise: inout Noise, _ names: [String], depth: Int, _ path: [String], _ leaves: inout [(path: [String], text: String)]
    ) -> Form {
        var form: Form = [:]
        for name in names.shuffled(using: &noise).prefix(Int.random(in: 1...3, using: &noise)) {
            if depth < 3, noise.one(in: 3) {
                form.append(name, .form(tree(&noise, names, depth: depth + 1, path + [name], &leaves)))
            } else {
                let text = noise.text(upTo: 5)
                form.append(name, .string(text))
                leaves.append((path + [name], text))
            }
        }
        return form
    }

    @Test(arguments: Noise.seeds)
    func `with files are read or refused, and no part is longer than the whole`(seed: UInt64) {
        var noise = Noise(seed: seed)
        let field = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nsku;price\r\n"
        let samples = ["--b\r\n\(field)\r\n--b--\r\n", "--b\r\n\(field)--b\r\n\(field)--b--"].map { Array($0.utf8) }
        for _ in 0..<Noise.rounds {
            let bytes = noise.damaged(samples, words: Noise.words)
            do {
                let parts = try MultipartForm.parts(bytes, boundary: "b", most: 10)
                #expect(parts.reduce(0) { $0 + $1.content.count } < max(1, bytes.count) && parts.count <= 10)
            } catch { #expect(error == .malformed || error == .tooManyParts) }
        }
    }

    @Test(arguments: Noise.seeds)
    func `damaged do no harm, and never lose the path's parts`(seed: UInt64) throws {
        var noise = Noise(seed: seed)
        let samples = ["/v1/tenants/see%2Fblick/folios/R-1?limit=3&after=%C3%A4", "a[b][0]=c&a[b][]=d&e=%41+b", "amount=300&metadata[x]=%"]
            .map { Array($0.utf8) }
        for _ in 0..<Noise.rounds {
            let bytes = noise.damaged(samples, words: Noise.words)
            _ = ReadForm.leaves(bytes)
            let target = String(decoding: bytes, as: UTF8.self)
            let request = HTTPRequest(method: "GET", target: target)
            #expect(request.segments.count <= request.rawPath.utf8.count { $0 == UInt8(ascii: "/") } + 1, "\(target)")
            #expect(request.parameters.count <= request.query.utf8.count { $0 == UInt8(ascii: "&") } + 1, "\(target)")
            // Decoded once, whatever it may look like afterwards.
            #expect(request.path.utf8.count <= 3 * max(1, request.rawPath.utf8.count), "\(target)")
        }
    }

    @Test func `nested without end are refused before the stack is`() {
        let bytes = Array(("a" + String(repeating: "[b]", count: 300_000) + "=c").utf8)
        #expect(ReadForm.leaves(bytes) == nil)
        #expect(!ReadForm.same(bytes, bytes + Array("&d=e".utf8)))
    }
}
