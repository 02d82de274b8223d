/// Style of the pages, and the script that checks a card while it is typed. The form works without it.
enum PageScript {
    /// Texts have a contrast of at least 4.5 : 1 in both schemes, borders and the focus ring of 3 : 1.
    static let style = """
        :root{color-scheme:light dark;--back:#fff;--text:#1c1e21;--soft:#565b63;--line:#7d838c;--act:#0b57d0;--on:#fff;--bad:#b3141a;--badback:#fdecec}
        @media(prefers-color-scheme:dark){:root{--back:#15171a;--text:#eceef0;--soft:#aeb4bc;--line:#868d97;--act:#a8c7fa;--on:#0b2447;--bad:#ffb4ab;--badback:#3b1719}}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;background:var(--back);color:var(--text);overflow-wrap:anywhere}
        main{max-width:26rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.4rem;line-height:1.25}
        table{width:100%;border-collapse:collapse}td,th{padding:.35rem 0;text-align:left;font-weight:inherit;vertical-align:top}
        .amount{padding-left:1rem;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .total{font-weight:600}.total>*{border-top:1px solid var(--line)}
        .field{margin:0 0 .75rem}label{display:block}.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem;align-items:end}
        input{display:block;width:100%;box-sizing:border-box;margin-top:.15rem;font:inherit;padding:.55rem;border:1px solid var(--line);border-radius:6px;background:var(--back);color:inherit}
        ::placeholder{color:var(--soft);opacity:1}input:user-invalid,input[aria-invalid=true]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
        .problem{display:block;font-size:.875rem;color:var(--bad)}
        button{font:inherit;font-weight:600;width:100%;padding:.7rem;margin-top:.5rem;border:1px solid var(--act);border-radius:6px;background:var(--act);color:var(--on);cursor:pointer}
        button.second{background:none;color:var(--act)}a{color:var(--act)}
        :focus-visible{outline:3px solid var(--act);outline-offset:2px}
        details{margin:1.5rem 0;border:1px solid var(--line);border-radius:6px;padding:0 1rem}summary{padding:.7rem 0;font-weight:600;cursor:pointer}
        details form{margin-bottom:1rem}.note,footer{color:var(--soft)}
        .refusal{border-left:4px solid var(--bad);padding:.5rem .75rem;background:var(--badback)}
        footer{margin:2rem 0 1rem;font-size:.875rem}
        """

    /// - Returns: A script element: groups digits while they are typed, and says below a field what is wrong with it once it is left.
    static func cardValidation(_ text: PageText) -> String {
        """
        <script>
        const form = document.getElementById('card'), thisMonth = +form.dataset.month;
        const luhn = digits => [...digits].reverse().reduce((sum, d, i) => { let v = +d * (i % 2 ? 2 : 1); return sum + (v > 9 ? v - 9 : v); }, 0) % 10 === 0;
        const month = digits => { const year = +digits.slice(2); return (year < 100 ? 2000 + year : year) * 12 + +digits.slice(0, 2); };
        const isAmex = () => /^3[47]/.test(form.number.value);
        const checks = {
            number: [19, d => isAmex() ? d.replace(/^(.{4})(.{1,6})?(.+)?$/, (_, a, b, c) => [a, b, c].filter(Boolean).join(' ')) : d.replace(/(.{4})(?=.)/g, '$1 '),
                d => d.length >= 12 && luhn(d), '\(text.invalidNumber)'],
            expiry: [6, d => d.length > 2 ? d.slice(0, 2) + '/' + d.slice(2) : d,
                d => (d.length === 4 || d.length === 6) && d.slice(0, 2) >= '01' && d.slice(0, 2) <= '12' && month(d) >= thisMonth, '\(text.invalidExpiry)'],
            cvc: [4, d => d, d => d.length === (isAmex() ? 4 : 3), '\(text.invalidCVC)'],
        };
        for (const [name, [longest, shape, isRight, words]] of Object.entries(checks)) {
            const field = form.elements[name], problem = document.getElementById(name + '-problem');
            const digits = () => field.value.replace(/[^0-9]/g, '').slice(0, longest);
            const say = () => {
                const isWrong = field.value !== '' && !isRight(digits());
                field.setCustomValidity(isWrong ? words : '');
                return isWrong;
            };
            const show = () => {
                const isWrong = say();
                problem.textContent = isWrong ? words : '';
                field.setAttribute('aria-invalid', isWrong);
            };
            field.addEventListener('input', event => {
                if (field.selectionStart === field.value.length && !event.inputType?.startsWith('delete')) field.value = shape(digits());
                if (problem.textContent) show(); else say();
            });
            field.addEventListener('blur', show);
        }
        </script>
        """
    }
}
