import Ledger
import LedgerService
import LedgerStore

extension Visit {
    /// Volume and fees of twelve months: an SVG with a table beside it for those who cannot see it.
    func chartCard(_ view: MonthView) -> HTML {
        let most = max(1, view.series.map { max($0.volume.minorUnits, $0.fees.minorUnits) }.max() ?? 1)
        let step = Self.niceStep(most)
        let top = (most + step - 1) / step * step
        let (width, height, left, bottom) = (960, 240, 76, 30)
        let plot = height - bottom - 10
        func y(_ value: Int64) -> Int { 10 + plot - Int(Int128(max(0, value)) * Int128(plot) / Int128(top)) }
        let slot = (width - left) / view.series.count
        let currency = view.tenant.currency
        let unit = view.series[0].volume
        let grid = stride(from: Int64(0), through: top, by: Int64.Stride(step)).html { value in
            """
            <line class="grid" x1="\(left)" x2="\(width)" y1="\(y(value))" y2="\(y(value))"/>\
            <text class="axis end" x="\(left - 8)" y="\(y(value) + 4)">\(language.whole(Money(minorUnits: value, currency: unit.currency)))</text>
            """
        }
        let bars = view.series.enumerated().html { index, month in
            let x = left + index * slot
            let isThis = month.month == view.statement.month
            return """
                <g\(" class=\"now\"", if: isThis)><title>\(month.month.text(in: language)): \(money(month.volume)), \(self(.fees)) \(money(month.fees))</title>\
                <rect class="volume" x="\(x + slot / 6)" width="\(slot * 5 / 12)" y="\(y(month.volume.minorUnits))" height="\(10 + plot - y(month.volume.minorUnits))" rx="3"/>\
                <rect class="fees" x="\(x + slot * 7 / 12 + 3)" width="\(slot / 5)" y="\(y(month.fees.minorUnits))" height="\(10 + plot - y(month.fees.minorUnits))" rx="2"/>\
                <text class="axis middle" x="\(x + slot / 2)" y="\(height - 8)">\(language.shortMonth(month.month))</text></g>
                """
        }
        return """
            <section class="card" aria-labelledby="chart"><div class="chart-head"><h2 id="chart">\(self(.volumeAndFees))</h2>
            <p class="legend"><span class="key volume">\(self(.volume))</span><span class="key fees">\(self(.fees))</span></p></div>
            <div class="scroll chart-scroll" role="region" aria-label="\(self(.volumeAndFees))" tabindex="0"><svg class="chart" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(self(.chartLabel(currency.description)))">\(grid)\(bars)</svg></div>
            <details class="more"><summary>\(self(.asTable))</summary>
            \(table(self(.volumeAndFees), head: "<th scope=\"col\">\(self(.month))</th><th scope=\"col\" class=\"n\">\(self(.volume))</th><th scope=\"col\" class=\"n\">\(self(.fees))</th>", view.series.html { "<tr><th scope=\"row\">\($0.month.text(in: language))</th>\(amountCell($0.volume))\(amountCell($0.fees))</tr>" }))</details>
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
        return self == .german ? text.replacing(",00", with: "") : text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }
}
