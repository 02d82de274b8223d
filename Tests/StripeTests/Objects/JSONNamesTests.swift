import Stripe
import Testing

@Suite struct JSONNamesTests {
    private static let (short, long) = (String(repeating: "a", count: 512), String(repeating: "a", count: 513))

    @Test(arguments: [
        #"{"\#(short)":1}"#, #"{"a":"\#(long)"}"#, #"["\#(long)","b"]"#, #"{"a":"b\\","c":"\#(long)"}"#, #"{"a\"":"\#(long)"}"#, "", "\"",
        #""\"#,
        #"{"\#(long)"#,
    ])
    func `short names, and texts of any length, are let pass`(text: String) { #expect(JSONNames.areShort(in: Array(text.utf8))) }

    @Test(arguments: [
        #"{"\#(long)":1}"#, #"{"a":{"\#(long)" \#n: 1}}"#, #"[{"b":"c\"d"},{"\#(long)":1}]"#, #"{"a\\":1,"\#(long)":1}"#,
        "{\"\(String(repeating: #"\u0301"#, count: 86))\":1}",
    ])
    func `long names are not let pass, wherever they stand`(text: String) { #expect(!JSONNames.areShort(in: Array(text.utf8))) }
}
