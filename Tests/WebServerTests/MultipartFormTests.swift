import Testing
import WebServer

@Suite struct `A form with a file` {
    private func parts(_ text: String, boundary: String = "b") throws -> [MultipartForm.Part] {
        try MultipartForm.parts(Array(text.utf8), boundary: boundary, most: 3)
    }

    private func texts(_ text: String) throws -> [String] {
        try parts(text).map { "\($0.name)|\($0.fileName ?? "-")|\(String(decoding: $0.content, as: UTF8.self))" }
    }

    @Test func `is read as browsers send it`() throws {
        let body = """
            --b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nx;"y"\r\n--b\r\n\
            content-disposition: form-data; name="file"; filename="prices; \u{fc}.csv"\r\nContent-Type: text/csv\r\n\r\n\
            sku,price\r\n-- bier,3\r\n\r\n--b--\r\n
            """
        #expect(try texts(body) == ["csrf|-|x;\"y\"", "file|prices; ü.csv|sku,price\r\n-- bier,3\r\n"])
    }

    @Test func `may have empty fields, no file, and escaped names`() throws {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--"
        #expect(try texts(body) == ["a\"b|-|", "file||"])
        #expect(try texts("--b--").isEmpty)
    }

    @Test func `is refused where it is cut off, has no names, or too many fields`() {
        let field = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
        for body in ["", "x", "--b", "--b\r\n", "--bb--", field, field + "--b", String(field.dropLast(9)), "--b\r\n\r\nx\r\n--b--"] {
            #expect(throws: MultipartForm.Fault.malformed, "\(body)") { try parts(body) }
        }
        #expect(throws: MultipartForm.Fault.malformed) { try parts("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--") }
        #expect(throws: MultipartForm.Fault.malformed) {
            try parts("--b\r\nX: \(String(repeating: "y", count: 5000))\r\n" + String(field.dropFirst(5)) + "--b--")
        }
        #expect(throws: MultipartForm.Fault.tooManyParts) { try parts(String(repeating: field, count: 4) + "--b--") }
    }

    @Test func `says what separates its fields`() {
        #expect(MultipartForm.boundary("multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk") == "----WebKitFormBoundary7MA4YWxk")
        #expect(MultipartForm.boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"") == "a b")
        for type in [
            nil, "", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded", "text/csv; boundary=b",
        ] {
            #expect(MultipartForm.boundary(type) == nil, "\(type ?? "nil")")
        }
        #expect(MultipartForm.boundary("multipart/form-data; boundary=" + String(repeating: "x", count: 71)) == nil)
    }

    @Test func `of many lines that look like its end is read in one pass`() throws {
        let lines = String(repeating: "\r\n--", count: 200_000)
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\(lines)\r\n--b--"
        #expect(try parts(body)[0].content.count == 800_000)
    }
}
