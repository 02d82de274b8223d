import LedgerPages
import Testing

@Suite struct `Markup` {
    static let script = "<script>alert(1)</script>"

    @Test func `what somebody typed is text, between tags and in attributes`() {
        let page: HTML = "<p title=\"\(Self.script)\">\(Self.script)</p>"
        #expect(
            page.text
                == "<p title=\"&lt;script&gt;alert(1)&lt;/script&gt;\">&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    }

    @Test(arguments: ["\" onmouseover=\"x", "' onmouseover='x", "&quot;", "a & b", "\u{202E}evil", "\u{0}\u{1B}"])
    func `nothing leaves its attribute`(text: String) {
        let page: HTML = "<a title=\"\(text)\">"
        let inside = page.text.dropFirst("<a title=\"".count).dropLast(2)
        for sign in ["\"", "'", "<", ">", "\u{202E}", "\u{0}"] { #expect(!inside.contains(sign), "\(inside)") }
    }

    @Test func `markup is not escaped twice, and a condition decides about an attribute`() {
        let inner: HTML = "<b>&</b>"
        let page: HTML = "<p\(" hidden", if: true)\(" lang", if: false)>\(inner)\([inner])</p>"
        #expect(page.text == "<p hidden><b>&</b><b>&</b></p>")
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", " https://a", "https://a b", "//evil.example", "HTTPS://x", ""])
    func `an address elsewhere is a web page or nothing`(address: String) {
        #expect(Link(elsewhere: address) == nil)
    }

    @Test(arguments: ["//evil.example", "/\\evil.example", "https://evil.example", "", "login", "/a b", "/\r\nSet-Cookie:x"])
    func `the way back stays here`(path: String) {
        #expect(Link(back: path) == nil)
    }

    @Test func `a part of a path stays one part`() {
        #expect(Link("t", "a/b", "..", "ü?x#y", query: [("q", "a&b=c")]).address == "/t/a%2Fb/%2E%2E/%C3%BC%3Fx%23y?q=a%26b%3Dc")
        #expect(Link(back: "/t/a?x=1")?.address == "/t/a?x=1")
    }
}
