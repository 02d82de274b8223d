import Ledger
import LedgerAccess
import LedgerService

/// Makes the browser refresh the page, by its own address, because the page shown may be the answer to a form.
struct Refresh: Sendable {
    let seconds: Int
    let link: Link

    init(seconds: Int, of link: Link) {
        self.seconds = seconds
        self.link = link
    }
}

/// The parts of the navigation.
enum Section: Sendable { case desk, books, settings, tenants, fees, access }

extension Visit {
    /// A whole page.
    ///
    /// - Parameters:
    ///   - section: Where in the navigation it is.
    func layout(_ title: String, section: Section?, refresh: Refresh? = nil, _ content: HTML) -> HTML {
        document(
            "\(title) · \(house?.name ?? "Soferu Ledger")", refresh: refresh,
            """
            <a class="skip" href="#content">\(self(.skip))</a>
            \(header(section))
            <main id="content" tabindex="-1">
            \(content)
            </main>
            """)
    }

    /// A page with nothing around it.
    func document(_ title: String, refresh: Refresh? = nil, _ body: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        \(refresh.map { "<meta http-equiv=\"refresh\" content=\"\($0.seconds);url=\($0.link)\">" as HTML })
        <title>\(title)</title>
        <link rel="stylesheet" href="\(Assets.style.link)">
        <link rel="icon" href="\(Assets.icon.link)">
        <script src="\(Assets.script.link)" defer></script>
        </head>
        <body>
        \(body)
        </body>
        </html>
        """
    }

    private func header(_ section: Section?) -> HTML {
        """
        <header class="top">
        <a class="brand" href="\(Link())"><img src="\(Assets.icon.link)" alt="" width="28" height="28">\
        <span>\(house?.name ?? "Soferu Ledger")</span></a>
        \(navigation(section))
        <div class="who">\(languageSwitch)\(session.map(person))</div>
        </header>
        """
    }

    private func navigation(_ section: Section?) -> HTML {
        guard let session else { return .none }
        var entries: [(Section, Phrase, Link)] = []
        if let id = house?.id ?? session.caller.tenant {
            if may(.seeFolios, of: id) { entries.append((.desk, .desk, Link("t", id, "reception"))) }
            if may(.seeBooks, of: id) { entries.append((.books, .books, Link("t", id, "accounting"))) }
            if may(.seeSettings, of: id) { entries.append((.settings, .settings, Link("t", id, "settings"))) }
        }
        if session.caller.asks(for: .runTenants, of: nil) == .allowed {
            entries.append((.tenants, .tenants, Link("operator")))
            entries.append((.fees, .allFees, Link("operator", "fees")))
            entries.append((.access, .accessShort, Link("operator", "access")))
        }
        return """
            <nav aria-label="\(self(.mainNavigation))"><ul>\(entries.html { entry in
            "<li><a href=\"\(entry.2)\"\(" aria-current=\"page\"", if: entry.0 == section)>\(self(entry.1))</a></li>"
            })</ul></nav>
            """
    }

    private var languageSwitch: HTML {
        let other: Language = language == .german ? .english : .german
        let here =
            request.method == "POST"
            ? (comingFrom ?? Link()).address : request.rawPath + (request.query.isEmpty ? "" : "?\(request.query)")
        return """
            <form method="post" action="\(Link("language"))" class="language">\(hidden("back", here))
            <button class="quiet" name="language" value="\(other.rawValue)" lang="\(other.rawValue)">\
            \(other == .german ? "Deutsch" : "English")</button></form>
            """
    }

    private func person(_ session: Session) -> HTML {
        """
        <span class="name" title="\(self(session.caller.role.phrase.capitalised))">\(session.user.name)</span>
        <form method="post" action="\(Link("logout"))">\(hidden("csrf", session.csrf))\
        \(hidden("key", pages.newKey()))<button class="quiet">\(self(.logOut))</button></form>
        """
    }
}
