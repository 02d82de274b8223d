/// Style of the pages, and the script that checks a card while it is typed. The form works without it.
enum PageScript {
    static let style = """
        :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
        main{max-width:26rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.4rem}table{width:100%;border-collapse:collapse}
        td{padding:.25rem 0}.amount{text-align:right;font-variant-numeric:tabular-nums}.total td{border-top:1px solid;font-weight:600}
        label{display:block;margin:.75rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #888;border-radius:6px}
        input:user-invalid{border-color:#c00}.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
        button{font:inherit;width:100%;padding:.7rem;margin-top:.5rem;border:0;border-radius:6px;background:#0b57d0;color:#fff;cursor:pointer}
        button.second{background:#666}.other{border-top:1px solid #8886;margin-top:1.5rem}.note{color:GrayText}
        .refusal{border-left:4px solid #c00;padding:.5rem .75rem;background:#c001}
        """

    /// - Returns: A script element: groups digits, and names the field that is wrong before anything is sent.
    static func cardValidation(_ text: PageText) -> String {
        """
        <script>
        const field = name => document.querySelector(`[name=${name}]`);
        const luhn = digits => [...digits].reverse().reduce((sum, d, i) => { let v = +d * (i % 2 ? 2 : 1); return sum + (v > 9 ? v - 9 : v); }, 0) % 10 === 0;
        const number = field('number'), expiry = field('expiry'), cvc = field('cvc');
        number.addEventListener('input', () => {
            const digits = number.value.replace(/[^0-9]/g, '').slice(0, 19);
            number.value = digits.replace(/(.{4})(?=.)/g, '$1 ');
            number.setCustomValidity(digits.length >= 12 && luhn(digits) ? '' : '\(text.invalidNumber)');
        });
        expiry.addEventListener('input', () => {
            const digits = expiry.value.replace(/[^0-9]/g, '').slice(0, 6);
            expiry.value = digits.length > 2 ? digits.slice(0, 2) + '/' + digits.slice(2) : digits;
            const month = +digits.slice(0, 2);
            expiry.setCustomValidity(digits.length >= 4 && month >= 1 && month <= 12 ? '' : '\(text.invalidExpiry)');
        });
        cvc.addEventListener('input', () => {
            cvc.value = cvc.value.replace(/[^0-9]/g, '').slice(0, 4);
            cvc.setCustomValidity(cvc.value.length >= 3 ? '' : '\(text.invalidCVC)');
        });
        </script>
        """
    }
}
