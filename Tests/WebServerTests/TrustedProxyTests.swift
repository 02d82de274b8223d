import TestSupport
import Testing
import WebServer

@Suite struct `A client's address` {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::1", "0:0:0:0::/64"), ("", "unknown"),
        ("192.0.2.1, 10.0.0.1", "unknown"), ("192.0.2.1\u{0}", "unknown"), (String(repeating: "1", count: 1000), "unknown"),
        ("192.0.2.1\u{301}", "unknown"), ("0x7f.1", "unknown"), ("192.0.2.256", "unknown"),
    ])
    func `counts with all of its line's IPv6 network`(text: String, place: String) {
        #expect(Client(address: IPAddress(text)).place == place)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.3/8", "10.9.9.9", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.128/25", "192.0.2.127", false),
        ("192.0.2.128/25", "192.0.2.129", true), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
        ("::1", "::1", true), ("2001:db8::/33", "2001:db8:8000::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        // An IPv4 address is the same one when it comes over IPv6.
        ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("::ffff:10.0.0.0/104", "10.1.1.1", true), ("fd00::/8", "10.0.0.1", false),
    ])
    func `is in a network or not`(network: String, address: String, isIn: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == isIn)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0/8", "fd00::/129", "proxy.example.com",
        "fe80::1%eth0/64", "10.0.0.0/8 ", "0.0.0.0/0", "::/0", "10.0.0.0/99999999999999999999", "::ffff:10.0.0.0/64",
    ])
    func `is in no network that is none`(text: String) { #expect(IPNetwork(text) == nil) }
}

@Suite struct `Behind trusted proxies` {
    private static let proxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"].map { IPNetwork($0)! })

    private func client(
        _ headers: [(String, String)], peer: String = "10.0.0.1", isEncrypted: Bool = false, proxies: TrustedProxies = proxies
    ) -> Client {
        proxies.client(peer: IPAddress(peer), isEncrypted: isEncrypted, headers: headers.map { (name: $0.0, value: $0.1) })
    }

    @Test(arguments: [
        // One proxy, that appends whom it sees to what a stranger sent.
        ("203.0.113.7", "203.0.113.7"), ("198.51.100.1, 203.0.113.7", "203.0.113.7"), ("10.9.9.9, 203.0.113.7", "203.0.113.7"),
        ("garbage, 203.0.113.7", "203.0.113.7"), ("127.0.0.1,\t203.0.113.7 ", "203.0.113.7"),
        // Two proxies.
        ("203.0.113.7, 10.0.0.2", "203.0.113.7"), ("198.51.100.1, 203.0.113.7, 10.0.0.2, fd00::3", "203.0.113.7"),
        // With ports, in brackets, over IPv6.
        ("203.0.113.7:4711", "203.0.113.7"), ("[2001:db8::7]:4711", "2001:db8::7"), ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"), ("203.0.113.7, ::ffff:10.0.0.2", "203.0.113.7"), ("[2001:db8::7]", "2001:db8::7"),
        // Everybody is trusted: the first. Nobody can be read: who wrote it.
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"), ("203.0.113.7, unknown", "10.0.0.1"), ("203.0.113.7, unknown, 10.0.0.2", "10.0.0.2"),
        ("", "10.0.0.1"), (",", "10.0.0.1"), ("203.0.113.7,", "10.0.0.1"), ("[2001:db8::7]:x", "10.0.0.1"),
        ("203.0.113.7\u{301}", "10.0.0.1"), ("203.0.113.9,\u{301}203.0.113.7", "10.0.0.1"), ("[203.0.113.7", "10.0.0.1"),
    ])
    func `the last hop that is none of them counts`(value: String, address: String) {
        #expect(client([("X-Forwarded-For", value)]).address == IPAddress(address))
    }

    @Test(arguments: [
        ("for=203.0.113.7", "203.0.113.7"), ("for=198.51.100.1, for=203.0.113.7;proto=https;by=10.0.0.1", "203.0.113.7"),
        ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"), ("for=\"203.0.113.7:80\"", "203.0.113.7"),
        ("for=203.0.113.7, for=10.0.0.2", "203.0.113.7"), ("for=\"203.0.113\\.7\"", "203.0.113.7"),
        ("host=\"a,b\";for=203.0.113.7", "203.0.113.7"),
        ("for=unknown", "10.0.0.1"), ("for=_hidden", "10.0.0.1"), ("for=203.0.113.7, for=_gate", "10.0.0.1"), ("proto=https", "10.0.0.1"),
        ("for=203.0.113.7;for=198.51.100.1", "10.0.0.1"), ("for=\"203.0.113.7", "10.0.0.1"),
        // A stranger's open quotation mark must not swallow what the proxy appends, nor make it mean something else.
        ("for=\"198.51.100.1, for=203.0.113.7", "10.0.0.1"), ("x=\", for=203.0.113.7;y=\"", "10.0.0.1"),
        ("for=x\"y\", for=203.0.113.7", "10.0.0.1"),
    ])
    func `the standard header says the same`(value: String, address: String) {
        #expect(client([("Forwarded", value)]).address == IPAddress(address))
    }

    @Test func `a header sent in two lines is one`() {
        #expect(client([("X-Forwarded-For", "198.51.100.1"), ("x-forwarded-for", "203.0.113.7")]).place == "203.0.113.7")
        #expect(client([("forwarded", "for=198.51.100.1"), ("Forwarded", "for=203.0.113.7")]).place == "203.0.113.7")
    }

    /// A proxy that writes one of both passes on the other as a stranger wrote it.
    @Test func `two headers that name two clients name none`() {
        #expect(client([("Forwarded", "for=198.51.100.1"), ("X-Forwarded-For", "203.0.113.7")]).place == "10.0.0.1")
        #expect(client([("Forwarded", "for=203.0.113.7"), ("X-Forwarded-For", "203.0.113.7")]).place == "203.0.113.7")
    }

    @Test func `others are not believed`() {
        let usual = [("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https")]
        for headers in [usual, [("Forwarded", "for=203.0.113.7;proto=https")]] {
            #expect(client(headers, peer: "192.0.2.1") == Client(address: IPAddress("192.0.2.1"), isSecure: false))
            #expect(client(headers, peer: "192.0.2.1", proxies: TrustedProxies()) == Client(address: IPAddress("192.0.2.1")))
        }
        #expect(client([], peer: "192.0.2.1", isEncrypted: true).isSecure == true)
    }

    @Test(arguments: [
        ("203.0.113.7", "https", true), ("203.0.113.7", "http", false), ("203.0.113.7", "", nil), ("203.0.113.7", "gopher", nil),
        // The client's own connection counts, not the one between the proxies, and not what a stranger sent.
        ("203.0.113.7, 10.0.0.2", "https, http", true), ("203.0.113.7, 10.0.0.2", "https", true),
        ("198.51.100.1, 203.0.113.7", "https, http", false), ("198.51.100.1, 203.0.113.7", "http", false),
    ])
    func `the scheme is the client's`(hops: String, schemes: String, isSecure: Bool?) {
        #expect(client([("X-Forwarded-For", hops), ("X-Forwarded-Proto", schemes)]).isSecure == isSecure)
    }

    @Test(arguments: [
        ("for=203.0.113.7;proto=https", true), ("for=203.0.113.7;proto=HTTP", false), ("for=203.0.113.7", nil),
        ("for=203.0.113.7;proto=https, for=10.0.0.2;proto=http", true), ("proto=https, for=203.0.113.7;proto=http", false),
    ])
    func `the standard header tells the scheme, too`(value: String, isSecure: Bool?) {
        #expect(client([("Forwarded", value)]).isSecure == isSecure)
    }

    @Test func `a scheme without an address is believed to a proxy`() {
        #expect(client([("X-Forwarded-Proto", "https")]) == Client(address: IPAddress("10.0.0.1"), isSecure: true))
    }

    @Test func `the handler sees who asks`() async throws {
        var configuration = WebServer.Configuration()
        configuration.trustedProxies = TrustedProxies([IPNetwork("127.0.0.0/8")!])
        let server = WebServer(configuration) { .text("\($0.client.place) \($0.client.isSecure == true)") }
        try server.start()
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.1, 203.0.113.7\r\nX-Forwarded-Proto: https\r\n\r\n")
        #expect(client.receive()?.body == "203.0.113.7 true")
        await server.stop()
    }
}
