import Testing

@testable import Stripe

@Suite struct `Encoding a form` {
    @Test func `fields keep their order and nest in brackets`() {
        let form: Form = [
            "amount": 6500, "off_session": true, "metadata": ["folio": "R-17", "tenant": nil], "expand": ["latest_charge", "customer"],
            "line_items": [["quantity": 1, "price_data": ["unit_amount": 5]]],
        ]
        #expect(
            form.encoded
                == "amount=6500&off_session=true&metadata[folio]=R-17&expand[0]=latest_charge&expand[1]=customer"
                + "&line_items[0][quantity]=1&line_items[0][price_data][unit_amount]=5")
    }

    @Test func `everything but unreserved characters is percent-encoded, in names too`() {
        let form: Form = ["a b": "Grüße & 1+1=2/~-._\n", "metadata": ["x[y]": "z"]]
        #expect(form.encoded == "a%20b=Gr%C3%BC%C3%9Fe%20%26%201%2B1%3D2%2F~-._%0A&metadata[x%5By%5D]=z")
    }

    @Test func `an empty text is written, an empty list and nothing at all are not`() {
        let form: Form = ["description": "", "expand": [], "metadata": [:], "email": nil]
        #expect(form.encoded == "description=")
    }

    @Test func `metadata are written in the order of their names, so that a repeat is the same text`() {
        #expect(Form(sorted: ["b": "2", "a": "1", "c": "3"]).encoded == "a=1&b=2&c=3")
    }
}
