import Foundation
import Testing

@testable import LedgerPages

/// Text can be read by everybody: WCAG 2.2, 1.4.3 (4.5 to 1), computed from the style sheet itself.
@Suite struct `Contrast` {
    private static let style = String(decoding: Assets.style.bytes, as: UTF8.self)

    /// The colours of the light and of the dark scheme.
    private static func colours(dark: Bool) -> [String: String] {
        let blocks = style.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
        func read(_ block: String) -> [String: String] {
            Dictionary(block.matches(of: /--([a-z-]+): (#[0-9a-f]{6})/).map { (String($0.1), String($0.2)) }) { $1 }
        }
        let light = read(blocks[0])
        return dark ? light.merging(read(blocks[1])) { $1 } : light
    }

    private static func luminance(_ colour: String) -> Double {
        let value = Int(colour.dropFirst(), radix: 16)!
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private static func contrast(_ a: String, _ b: String) -> Double {
        let (x, y) = (luminance(a), luminance(b))
        return (max(x, y) + 0.05) / (min(x, y) + 0.05)
    }

    @Test func `is computed as the standard does`() {
        #expect(Self.contrast("#000000", "#ffffff") == 21)
        #expect(abs(Self.contrast("#777777", "#ffffff") - 4.48) < 0.01)
    }

    @Test(arguments: [false, true])
    func `of every text on every ground is at least 4.5 to 1`(dark: Bool) throws {
        let colours = Self.colours(dark: dark)
        let grounds = ["page", "card", "raised"]
        var pairs = ["ink", "muted", "accent", "good", "warn", "bad", "info"].flatMap { text in grounds.map { (text, $0) } }
        for tone in ["good", "warn", "bad", "info"] { pairs += [(tone, "\(tone)-soft"), ("ink", "\(tone)-soft"), ("muted", "\(tone)-soft")] }
        pairs += [("accent-ink", "accent"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("muted", "accent-soft")]
        pairs += ["good-soft", "warn-soft", "bad-soft", "info-soft"].map { ("accent", $0) }
        for (text, ground) in pairs {
            let ratio = Self.contrast(try #require(colours[text]), try #require(colours[ground]))
            #expect(ratio >= 4.5, "\(text) on \(ground), \(dark ? "dark" : "light"): \(ratio)")
        }
        for ground in grounds {
            for (mark, least) in [("edge", 3.0), ("focus", 3.0)] {
                let ratio = Self.contrast(colours[mark]!, colours[ground]!)
                #expect(ratio >= least, "\(mark) on \(ground), \(dark ? "dark" : "light"): \(ratio)")
            }
        }
    }

    @Test func `colours are named in one place`() {
        let rest = Self.style.replacing(/:root \{[^}]*\}/, with: "")
        #expect(rest.matches(of: /#[0-9a-f]{3,8}[;\s]/).isEmpty)
    }
}
