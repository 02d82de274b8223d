import Ledger
import LedgerService

extension TenantVisit {
    /// Volume and fees of twelve months, drawn without words, which stand beside it at their own size, and as a table
    /// for those who cannot see it.
    func chartCard(_ view: MonthView) -> HTML {
        let most = max(1, view.series.map { max($0.volume.minorUnits, $0.fees.minorUnits) }.max() ?? 1)
        let step = Self.niceStep(most)
        let top = most.clampedAdding(step - 1) / step * step
        let (slot, height) = (100, 1000)
        let width = slot * view.series.count
        func tall(_ money: Money) -> Int { Int(Int128(max(0, money.minorUnits)) * Int128(height) / Int128(top)) }
        func bar(_ kind: String, _ x: Int, _ width: Int, _ money: Money) -> HTML {
            """
            <rect class="\(kind)" x="\(x)" width="\(width)" y="\(height - tall(money))" height="\(tall(money))"/>
            """
        }
        let currency = view.tenant.currency
        let marks = stride(from: top, through: 0, by: -Int64.Stride(step))
        let grid = marks.html { value in
            let y = height - tall(Money(minorUnits: value, currency: currency))
            return "<path class=\"grid\" d=\"M0 \(y)H\(width)\"/>"
        }
        let bars = view.series.enumerated().html { index, month in
            let x = index * slot
            return """
                <g\(" class=\"now\"", if: month.month == view.statement.month)>\
                <title>\(month.month.text(in: language)): \
                \(money(month.volume)), \(self(.fees)) \(money(month.fees))</title>\
                \(bar("volume", x + 18, 40, month.volume))\(bar("fees", x + 62, 20, month.fees))</g>
                """
        }
        return """
            <section class="card" aria-labelledby="chart">\
            <div class="chart-head"><h2 id="chart">\(self(.volumeAndFees))</h2>
            <p class="legend"><span class="key volume">\(self(.volume))</span>\
            <span class="key fees">\(self(.fees))</span></p></div>
            <div class="chart"><div class="scale" aria-hidden="true">\(marks.html { mark in
            "<span>\(language.whole(Money(minorUnits: mark, currency: currency)))</span>"
            })</div>\
            <svg viewBox="0 0 \(width) \(height)" preserveAspectRatio="none" role="img" \
            aria-label="\(self(.chartLabel(currency.description)))">\(grid)\(bars)</svg>\
            <div class="months" aria-hidden="true">\(view.series.html { each in
            "<span\(" class=\"now\"", if: each.month == view.statement.month)>\(language.shortMonth(each.month))</span>"
            })</div></div>
            <details class="more"><summary>\(self(.asTable))</summary>
            \(table(.volumeAndFees, [.text(.month), .number(.volume), .number(.fees)], view.series.html { each in
            """
            <tr><th scope="row">\(each.month.text(in: language))</th>\
            \(amountCell(each.volume))\(amountCell(each.fees))</tr>
            """
            }))</details>
            </section>
            """
    }

    /// One, two or five times a power of ten, so that three to six lines fit.
    static func niceStep(_ most: Int64) -> Int64 {
        var step: Int64 = 1
        while true {
            for factor: Int64 in [1, 2, 5] where step * factor * 5 >= most { return step * factor }
            guard step < Int64.max / 100 else { return most }
            step *= 10
        }
    }
}

extension Language {
    /// An amount on an axis: without decimals where it has none.
    func whole(_ money: Money) -> String {
        let text = money.text(in: self)
        return self == .german
            ? text.replacing(",00", with: "") : text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }
}
