/// What can be checked of a page by looking at it in the browser, in the manner of axe-core.
extension Browser {
    /// - Parameter width: The screen's. A phone's window grows with a page that is too wide, so that it cannot be asked.
    /// - Returns: One line per fault; none on a page that everybody can use.
    func faults(width: Int) async throws -> [String] {
        try await run("const screenWidth = \(width);" + Self.look) as? [String] ?? ["the page cannot be looked at"]
    }

    /// Walks through the page with the Tab key and looks whether one sees where one is.
    ///
    /// - Returns: What had the keyboard without showing it.
    func unseenFocus(steps: Int = 40) async throws -> [String] {
        try await run("document.activeElement.blur(); window.scrollTo(0, 0)")
        var unseen: [String] = []
        for _ in 0..<steps {
            try await tab()
            let found = try await run(Self.focus) as? String ?? ""
            if found == "end" { break }
            if !found.isEmpty { unseen.append(found) }
        }
        return unseen
    }

    private static let focus = """
        const e = document.activeElement;
        if (!e || e === document.body) return "end";
        const shows = (x) => x && parseFloat(getComputedStyle(x).outlineWidth) >= 2 && getComputedStyle(x).outlineStyle !== "none";
        return shows(e) || shows(e.nextElementSibling) ? "" : e.outerHTML.slice(0, 120);
        """

    private static let look = """
        const faults = [];
        const visible = (e) => {
          if (!e.checkVisibility({ opacityProperty: false, visibilityProperty: true })) return false;
          const r = e.getBoundingClientRect();
          return r.width > 1 && r.height > 1;
        };
        const describe = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
        // Every control has a name.
        for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
          if (!visible(e) || e.closest("[aria-hidden=true]")) continue;
          const labels = e.labels ? [...e.labels].map((l) => l.textContent).join(" ") : "";
          const name = e.getAttribute("aria-label") || labels || e.textContent || e.querySelector?.("img")?.alt || "";
          if (!name.trim()) faults.push("no name: " + describe(e));
        }
        for (const e of document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label])")) faults.push("no words: " + describe(e));
        // A finger finds what is to be pressed.
        for (const e of document.querySelectorAll("button, .button, select, input:not([type=hidden], [type=radio], [type=checkbox])")) {
          if (!visible(e)) continue;
          if (e.getBoundingClientRect().height < 36) faults.push("too small for a finger: " + describe(e));
        }
        // One heading of the first rank, one main part, a language, a title.
        if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
        if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
        if (!document.documentElement.lang || !document.title) faults.push("no language or title");
        // Nothing is wider than the screen.
        const page = document.scrollingElement;
        // A wide table may be moved inside its card; one of four columns has to fit.
        for (const box of document.querySelectorAll(".scroll")) {
          const columns = box.querySelectorAll("thead th").length;
          if (columns > 0 && columns <= 4 && box.scrollWidth > box.clientWidth) faults.push("a table of " + columns + " columns does not fit " + describe(box));
        }
        if (page.scrollWidth > screenWidth) {
          const wide = [...document.querySelectorAll("body *")].find((e) => visible(e) && !e.closest(".scroll") && e.getBoundingClientRect().right > screenWidth + 1);
          faults.push("scrolls sideways: " + page.scrollWidth + " > " + screenWidth + " " + (wide ? describe(wide) : ""));
        }
        // Text can be read: WCAG 2.2, 1.4.3.
        const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m[3] ?? 1 }; };
        const over = (t, b) => ({ r: t.r * t.a + b.r * (1 - t.a), g: t.g * t.a + b.g * (1 - t.a), b: t.b * t.a + b.b * (1 - t.a), a: 1 });
        const light = (c) => [c.r, c.g, c.b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (e) => {
          let layers = [];
          for (let x = e; x; x = x.parentElement) {
            const s = getComputedStyle(x).backgroundColor;
            if (!s.startsWith("rgb")) continue;
            const c = parse(s);
            if (c.a > 0) layers.push(c);
            if (c.a === 1) break;
          }
          return layers.reverse().reduce((b, t) => over(t, b), { r: 255, g: 255, b: 255, a: 1 });
        };
        const seen = new Set();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
          const e = node.parentElement;
          if (!node.textContent.trim() || !visible(e) || e.closest(".hidden, .skip, [disabled]") || e.closest("svg") || seen.has(e)) continue;
          seen.add(e);
          const style = getComputedStyle(e);
          if (!style.color.startsWith("rgb")) continue;
          const b = ground(e), t = over(parse(style.color), b);
          const [x, y] = [light(t), light(b)].sort((p, q) => q - p);
          const ratio = (x + 0.05) / (y + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
          if (ratio < (large ? 3 : 4.5)) faults.push("contrast " + ratio.toFixed(2) + ": " + describe(e));
        }
        return faults;
        """
}
