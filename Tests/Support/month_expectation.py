#!/usr/bin/env python3
"""What a hotel's month must come to, worked out from Stripe's own lists alone.

    month_expectation.py lists URL KEY > LISTS.json          reads the lists of one account of the simulated Stripe, over HTTP
    month_expectation.py statement HOTELS.json MONTH         prints the statement of all hotels, as `statement --format csv` does
    month_expectation.py movements HOTELS.json HOTEL MONTH   prints what is in it one by one, as `movement booked --format csv` does
    month_expectation.py payouts HOTELS.json HOTEL           prints the payouts, as `payout list --format csv` does
    month_expectation.py payout HOTELS.json HOTEL PAYOUT     prints what is in one, as `payout show --format csv` does
    month_expectation.py balances HOTELS.json HOTEL PAYOUT   prints the balance before and after one, as `payout show --format json` does
    month_expectation.py --self-test                         checks this script against figures computed by hand

Shares no code with the ledger, and reads neither its file nor what it prints: so a mistake has to be made twice to go unseen. Amounts
are whole numbers of the smallest unit; no floating point.

HOTELS.json says of each hotel what Stripe cannot know: time zone, currency, contract, the note on Stripe's fees, and its closings. A
closing has its month, the lists as they were then, why it was closed over what was not in order, and the folios on which the hotel had
written off what a bank did not give back. `lists` are those of now.

The rules of a month
====================

Sources: hotel-accounting.md sections 4.6 (6), 6 and 10 C; stripe.md sections 5, 6 and 11; the rules of the issue.

The month. A hotel's month begins and ends at midnight of its own time zone. Stripe's month is cut in UTC. A charge of 23:30 on the last
day in New York is of this month for the hotel, and of the next one for Stripe.

A movement is a balance transaction of the payments balance in the currency of the books. Its amount is before Stripe's fee; the fee is
what the transaction says, and is never computed.

Its kind follows from Stripe's `type` and `reporting_category`:
  charge            charge, payment
  charge_failure    category charge_failure: a payment that failed after it had moved the balance
  refund            refund, payment_refund
  refund_failure    refund_failure
  dispute           category dispute or dispute_reversal; the type is only `adjustment`
  fee               stripe_fee, tax_fee, stripe_fx_fee, and the categories fee, tax, network_cost
  payout            payout, payout_cancel, payout_failure
  reserve           what Stripe keeps in reserve of the merchant's own money
  other             anything else; it is shown, and never dropped

Its method is that of the charge that it is about: of a refund the charge given back, of a dispute the charge contested.

Late items. A closed month never changes. A movement that Stripe lists only after its month was closed is of the first month that was
open then. It is in that month's sums, counted as late, and stands as a row of its own with its own day, amount, fee and folio.

Balances. A month opens with the net (amount - fee) of all movements of the months before, and closes with that and its own.

Stripe's fees are the fees of all movements, and the amounts of those that are fees, with the other sign.

Disputes are counted when they are opened (an inquiry moves no money and is none), won and lost, with the amount contested: opened on the
day of the dispute, won on the day on which the bank gave the money back, lost on the day of the event that told the end. What Stripe
tells of them only after that month was closed is of the first open one. Losing moves nothing. All three counts stand there if one is
more than 0.

Stripe's month. The same sums by the month in which a movement was made in UTC, as far as they were known when the hotel's month was
closed. No movement is late there: Stripe bills it in its own month.

The platform fee is in EUR whatever the currency of the books: the price that is valid in the month, whole, or by days: calendar days of
the contract, first and last included, over the days of the month, half up. The free months are the contract's first calendar months.
Tax: Germany the rate of the month's last day, half up; outside the EU none. It is in no balance.

Closed over. What was not in order at the closing: open items are folios of which a bank has money that it has not given back, and that
is not written off (in these two months everything else is settled); disputes are those that are not decided.

A payout that Stripe made by schedule is itemised by Stripe, once that is completed: the movements that Stripe lists under it, without
its own, oldest first. They must add up to it. One made by hand cannot be itemised. It has the balance before and after it instead: the
net of all that moved until then.

Folio and guest of a movement are those of its charge: the reference in the metadata, and the name of the payer, who is the guest here.
The payments of a folio are numbered from 1 as their payment intents were made.
"""

import argparse
import json
import sys
import urllib.parse
import urllib.request
from base64 import b64encode
from calendar import monthrange
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

KIND_OF_CATEGORY = {"dispute": "dispute", "dispute_reversal": "dispute", "charge_failure": "charge_failure"}
KIND_OF_TYPE = {
    "charge": "charge", "payment": "charge", "refund": "refund", "payment_refund": "refund", "refund_failure": "refund_failure",
    "payout": "payout", "payout_cancel": "payout", "payout_failure": "payout",
    "stripe_fee": "fee", "tax_fee": "fee", "stripe_fx_fee": "fee", "network_cost": "fee",
    "reserved_funds": "reserve", "reserve_hold": "reserve", "reserve_release": "reserve", "payout_minimum_balance_hold": "reserve",
    "payout_minimum_balance_release": "reserve",
}
FEE_CATEGORIES = ("fee", "tax", "network_cost")
UNDECIDED = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
WITHOUT_MINOR_UNITS = ("jpy", "krw", "vnd", "clp", "xaf", "xof", "xpf")
# In percent, oldest first, with the first day of each.
GERMAN_TAX = (("2007-01-01", 19), ("2020-07-01", 16), ("2021-01-01", 19))
EU_BUT_GERMANY = (
    "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT",
    "RO", "SE", "SI", "SK",
)
STATEMENT = (
    "tenant", "month", "supplier", "item", "type", "method", "count", "net", "tax", "gross", "fee", "late", "closed", "currency",
    "calendar", "day", "note",
)
MOVEMENT = (
    "id", "kind", "type", "method", "amount", "fee", "currency", "created", "month", "late", "folio", "guest_name", "payment", "last4",
    "payout", "source", "payment_intent",
)
PAYOUT = ("id", "amount", "currency", "status", "arrival_date", "automatic", "breakdown", "created_at")


# ---- Stripe's lists


def read_lists(url, key):
    """All of an account's lists that the rules need, whole."""

    def read(path, **parameters):
        request = urllib.request.Request(f"{url}/v1/{path}?{urllib.parse.urlencode(parameters)}")
        request.add_header("Authorization", "Basic " + b64encode(f"{key}:".encode()).decode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def whole(path, **parameters):
        objects = []
        while True:
            page = read(path, limit=100, **parameters)
            objects += page["data"]
            if not page["has_more"]:
                return objects
            parameters["starting_after"] = objects[-1]["id"]

    names = ("balance_transactions", "charges", "refunds", "disputes", "payouts", "payment_intents")
    lists = {name: whole(name) for name in names}
    lists["dispute_ends"] = whole("events", type="charge.dispute.closed")
    lists["payout_items"] = {
        payout["id"]: [item["id"] for item in whole("balance_transactions", payout=payout["id"])]
        for payout in lists["payouts"]
        if payout["automatic"] and payout["reconciliation_status"] == "completed"
    }
    return lists


def by_id(objects):
    return {thing["id"]: thing for thing in objects}


class Lists:
    """What Stripe listed of one account at one moment."""

    def __init__(self, lists, currency):
        self.charges, self.refunds = by_id(lists["charges"]), by_id(lists["refunds"])
        self.disputes, self.payouts = by_id(lists["disputes"]), by_id(lists["payouts"])
        self.intents = by_id(lists["payment_intents"])
        # Stripe lists a payout's own transaction under it, too.
        self.payout_items = {
            payout: set(items) - {self.payouts[payout]["balance_transaction"]} for payout, items in lists["payout_items"].items()
        }
        self.payout_of = {item: payout for payout, items in self.payout_items.items() for item in items}
        self.movements = sorted(
            (
                transaction
                for transaction in lists["balance_transactions"]
                if transaction["balance_type"] == "payments" and transaction["currency"] == currency
            ),
            key=lambda transaction: (transaction["created"], transaction["id"]),
        )
        self.turns = list(self.dispute_turns(lists["dispute_ends"]))

    def dispute_turns(self, ends):
        for dispute in self.disputes.values():
            if dispute["status"].startswith("warning_") or dispute["status"] == "prevented":
                continue
            yield "opened", dispute, dispute["created"]
            for movement in dispute["balance_transactions"]:
                if movement["reporting_category"] == "dispute_reversal":
                    yield "won", dispute, movement["created"]
        for event in ends:
            if event["data"]["object"]["status"] == "lost":
                yield "lost", self.disputes[event["data"]["object"]["id"]], event["created"]

    def charge(self, movement):
        """The charge that it is about; None for a payout and the like."""
        source = movement["source"]
        about = self.refunds.get(source) or self.disputes.get(source)
        return self.charges.get(about["charge"] if about else source)

    def method(self, movement):
        charge = self.charge(movement)
        return charge["payment_method_details"]["type"] if charge else ""

    def folio(self, movement):
        charge = self.charge(movement)
        return charge["metadata"].get("reference", "") if charge else ""

    def payment(self, charge):
        """The number of its payment on the folio."""
        paid = [
            intent
            for intent in self.intents.values()
            if intent["metadata"].get("reference") == charge["metadata"]["reference"] and intent["amount_received"] > 0
        ]
        paid.sort(key=lambda intent: intent["created"])
        return [intent["id"] for intent in paid].index(charge["payment_intent"]) + 1

    def withheld(self):
        """What banks have withdrawn and not given back, by folio."""
        folios = {}
        for movement in self.movements:
            if kind(movement) == "dispute":
                folio = self.folio(movement)
                folios[folio] = folios.get(folio, 0) - movement["amount"]
        return {folio: amount for folio, amount in folios.items() if amount != 0}


def kind(movement):
    named = KIND_OF_CATEGORY.get(movement["reporting_category"]) or KIND_OF_TYPE.get(movement["type"])
    return named or ("fee" if movement["reporting_category"] in FEE_CATEGORIES else "other")


# ---- Months


def month_of(seconds, zone):
    return day_of(seconds, zone)[:7]


def day_of(seconds, zone):
    return datetime.fromtimestamp(seconds, zone).date().isoformat()


def next_month(month):
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def ordinal(month):
    return int(month[:4]) * 12 + int(month[5:])


def days_of(month):
    """Its first and its last day."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


# ---- A hotel


def half_up(numerator, denominator):
    """A quotient of numbers that are not negative, in whole units."""
    return (2 * numerator + denominator) // (2 * denominator)


def cents(text):
    euros, _, rest = text.partition(".")
    return int(euros) * 100 + int((rest + "00")[:2])


class Hotel:
    def __init__(self, tenant, facts, folder):
        def lists(name):
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                return Lists(json.load(file), facts["currency"])

        self.tenant, self.currency, self.zone = tenant, facts["currency"], ZoneInfo(facts["time_zone"])
        self.contract, self.fee_note = facts["contract"], facts.get("fee_note", "")
        self.now = lists(facts["lists"])
        # In their order.
        self.closings = [closing | {"seen": lists(closing["lists"])} for closing in facts["closings"]]
        self.turns, known = {}, set()
        for closing in [*self.closings, {"seen": self.now}]:
            # Stripe lists events for 30 days only: what it said once stays known.
            told = {(turn, dispute["id"]): (dispute["amount"], seconds) for turn, dispute, seconds in closing["seen"].turns}
            self.turns |= told
            known = known | told.keys() | {movement["id"] for movement in closing["seen"].movements}
            closing["known"] = known

    def closing(self, month):
        return next((closing for closing in self.closings if closing["month"] == month), None)

    def lists_of(self, month):
        """Those by which the month is told: as it was closed, or as it stands now."""
        closing = self.closing(month)
        return closing["seen"] if closing else self.now

    def month(self, seconds, key):
        """The month whose statement it belongs to, and whether that is a later one than its own."""
        own = month = month_of(seconds, self.zone)
        for closing in self.closings:
            if month <= closing["month"] and key not in closing["known"]:
                month = next_month(closing["month"])
        return month, month != own

    def in_month(self, month):
        """Its movements, each with whether it is late, oldest first."""
        placed = ((movement, *self.month(movement["created"], movement["id"])) for movement in self.now.movements)
        return [(movement, late) for movement, of, late in placed if of == month]

    def opening(self, month):
        return sum(
            movement["net"] for movement in self.now.movements if self.month(movement["created"], movement["id"])[0] < month)

    def platform_fee(self, month):
        """Net and tax, in euro cents."""
        contract, (first, last) = self.contract, days_of(month)
        begin = date.fromisoformat(contract["from"])
        days = (last - max(first, begin)).days + 1
        if days <= 0 or ordinal(month) - ordinal(contract["from"][:7]) < contract.get("free_months", 0):
            return 0, 0
        net = cents([price for since, price in contract["prices"] if since <= month][-1])
        if contract["proration"] == "by_days":
            net = half_up(net * days, last.day)
        if contract["country"] in EU_BUT_GERMANY:
            raise ValueError("no hotel of this check is elsewhere in the EU")
        rate = [percent for since, percent in GERMAN_TAX if since <= last.isoformat()][-1] if contract["country"] == "DE" else 0
        return net, half_up(net * rate, 100)

    # ---- What is printed

    def statement(self, month):
        closing, lists, movements = self.closing(month), self.lists_of(month), self.in_month(month)

        def row(item, supplier="stripe", currency=self.currency, calendar="tenant", **rest):
            amounts = {name: amount(rest.pop(name), currency) for name in ("net", "tax", "gross", "fee") if name in rest}
            return amounts | rest | {
                "tenant": self.tenant, "month": month, "supplier": supplier, "item": item, "closed": "true" if closing else "false",
                "currency": currency, "calendar": calendar,
            }

        net, tax = self.platform_fee(month)
        yield row("platform_fee", supplier="operator", currency="eur", net=net, tax=tax, gross=net + tax)
        opening = self.opening(month)
        yield row("opening_balance", gross=opening)
        yield from (row(**sums) for sums in self.sums(movements))
        yield row("total_fees", fee=fees(movement for movement, _ in movements), note=self.fee_note)
        yield row("closing_balance", gross=opening + sum(movement["net"] for movement, _ in movements))
        yield from self.disputes(month, row)
        for movement, late in movements:
            if late:
                yield row(
                    "late_item", type=movement["type"], method=self.now.method(movement), count=1, gross=movement["amount"],
                    fee=movement["fee"], day=day_of(movement["created"], self.zone), note=self.now.folio(movement))
        stripes = [(movement, False) for movement in lists.movements if month_of(movement["created"], timezone.utc) == month]
        for sums in self.sums(stripes):
            del sums["late"]
            yield row(calendar="utc", **sums)
        if stripes:
            yield row("total_fees_utc", calendar="utc", fee=fees(movement for movement, _ in stripes))
        if closing:
            note = f"{closing.get('reason')} ({closing.get('actor')})"
            yield from (row("closed_over", type=what, count=count, note=note) for what, count in self.closed_over(closing) if count)

    def sums(self, movements):
        """One for each kind, type and method."""
        found = {}
        for movement, late in movements:
            key = kind(movement), movement["type"], self.now.method(movement)
            sums = found.setdefault(key, {"count": 0, "gross": 0, "fee": 0, "late": 0})
            sums["count"] += 1
            sums["gross"] += movement["amount"]
            sums["fee"] += movement["fee"]
            sums["late"] += 1 if late else 0
        return [{"item": item, "type": of, "method": method} | found[item, of, method] for item, of, method in sorted(found)]

    def disputes(self, month, row):
        turns = {"opened": [], "won": [], "lost": []}
        for turn, (contested, seconds) in self.turns.items():
            if self.month(seconds, turn)[0] == month:
                turns[turn[0]].append(contested)
        if any(turns.values()):
            yield from (row(f"disputes_{turn}", count=len(amounts), gross=sum(amounts)) for turn, amounts in turns.items())

    def closed_over(self, closing):
        seen = closing["seen"]
        undecided = [
            dispute
            for dispute in seen.disputes.values()
            if dispute["status"] in UNDECIDED and month_of(dispute["created"], self.zone) <= closing["month"]
        ]
        return ("disputes", len(undecided)), ("open_items", len(seen.withheld().keys() - closing.get("written_off", [])))

    def movement(self, movement):
        lists, charge = self.now, self.now.charge(movement)
        month, late = self.month(movement["created"], movement["id"])
        told = {
            "id": movement["id"], "kind": kind(movement), "type": movement["type"], "method": lists.method(movement),
            "amount": amount(movement["amount"], self.currency), "fee": amount(movement["fee"], self.currency),
            "currency": self.currency, "created": instant(movement["created"]), "month": month, "late": "true" if late else "false",
            "payout": lists.payout_of.get(movement["id"], ""), "source": movement["source"],
        }
        if charge:
            details = charge["payment_method_details"]
            told |= {
                "folio": lists.folio(movement), "guest_name": charge["billing_details"]["name"], "payment": lists.payment(charge),
                "last4": details.get("card", {}).get("last4", ""), "payment_intent": charge["payment_intent"],
            }
        return told

    def payout_rows(self):
        for payout in sorted(self.now.payouts.values(), key=lambda payout: (payout["created"], payout["id"])):
            itemised = "itemised" if payout["id"] in self.now.payout_items else "awaited"
            yield {
                "id": payout["id"], "amount": amount(payout["amount"], self.currency), "currency": self.currency,
                "status": payout["status"], "arrival_date": day_of(payout["arrival_date"], timezone.utc),
                "automatic": "true" if payout["automatic"] else "false",
                "breakdown": itemised if payout["automatic"] else "not_itemised", "created_at": instant(payout["created"]),
            }

    def items(self, payout):
        """What is in an automatic payout."""
        items = [movement for movement in self.now.movements if self.now.payout_of.get(movement["id"]) == payout]
        if items and sum(movement["net"] for movement in items) != self.now.payouts[payout]["amount"]:
            raise ValueError(f"what Stripe lists under {payout} does not add up to it")
        return items

    def balances(self, payout):
        """Right before and right after it."""
        own = self.now.payouts[payout]["balance_transaction"]
        moved = next(movement for movement in self.now.movements if movement["id"] == own)
        before = sum(
            movement["net"] for movement in self.now.movements if movement["created"] <= moved["created"] and movement["id"] != own)
        return before, before + moved["net"]


def fees(movements):
    """What Stripe kept for itself."""
    return sum(movement["fee"] - (movement["amount"] if kind(movement) == "fee" else 0) for movement in movements)


# ---- The form


def amount(units, currency):
    if currency in WITHOUT_MINOR_UNITS:
        return str(units)
    return f"{'-' if units < 0 else ''}{abs(units) // 100}.{abs(units) % 100:02d}"


def instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def field(value):
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '",;\r\n') else text


def print_csv(columns, rows):
    lines = [",".join(columns)] + [",".join(field(row.get(column)) for column in columns) for row in rows]
    sys.stdout.buffer.write("".join(line + "\r\n" for line in lines).encode())


# ---- By hand


def self_test():
    """Worked example C of hotel-accounting.md, and the days and kinds that are easily got wrong; the names of what fails."""

    def fee(month="2026-11", **contract):
        hotel = Hotel.__new__(Hotel)
        hotel.contract = {"country": "DE", "from": "2026-01-01", "prices": [["2026-01", "19.00"]], "proration": "by_days"} | contract
        return hotel.platform_fee(month)

    raised = [["2026-01", "19.00"], ["2026-12", "21.00"]]
    utc, berlin, tokyo, york = (ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "Asia/Tokyo", "America/New_York"))
    late = int(datetime(2026, 11, 30, 23, 30, tzinfo=utc).timestamp())
    midnight = int(datetime(2026, 11, 1, 4, 0, tzinfo=utc).timestamp())
    checks = {
        "A": (fee(), (1900, 361)),
        "B, from 20 November": (fee(**{"from": "2026-11-20"}), (697, 132)),
        "D, abroad": (fee(country="JP"), (1900, 0)),
        "whole months": (fee(proration="whole_months", **{"from": "2026-11-20"}), (1900, 361)),
        "before the contract": (fee("2026-10", **{"from": "2026-11-20"}), (0, 0)),
        "a free month": (fee(free_months=1, **{"from": "2026-11-20"}), (0, 0)),
        "after it": (fee("2026-12", free_months=1, **{"from": "2026-11-20"}), (1900, 361)),
        "A at 21.00": ((fee(prices=raised), fee("2026-12", prices=raised)), ((1900, 361), (2100, 399))),
        "half a cent of tax (E)": (half_up(950 * 19, 100), 181),
        "23:30 in UTC": ([month_of(late, zone) for zone in (utc, berlin, tokyo, york)], ["2026-11", "2026-12", "2026-12", "2026-11"]),
        "summer time ends": ([month_of(midnight - 1, york), month_of(midnight, york)], ["2026-10", "2026-11"]),
        "the month after December": (next_month("2026-12"), "2027-01"),
        "kinds": (
            [
                kind({"type": of, "reporting_category": category})
                for of, category in (
                    ("adjustment", "dispute_reversal"), ("adjustment", "other_adjustment"), ("stripe_fee", "network_cost"),
                    ("payment_refund", "refund"), ("payout_failure", "payout_reversal"), ("payment_reversal", "charge_failure"),
                )
            ],
            ["dispute", "other", "fee", "refund", "payout", "charge_failure"],
        ),
        "amounts": ([amount(-5, "eur"), amount(34330, "usd"), amount(-12000, "jpy")], ["-0.05", "343.30", "-12000"]),
    }
    return [f"{name}: {found}, and not {right}" for name, (found, right) in checks.items() if found != right], len(checks)


def main():
    parser = argparse.ArgumentParser(description="Works out a hotel's month from Stripe's own lists.")
    parser.add_argument("--self-test", action="store_true", help="check this script against figures computed by hand")
    parser.add_argument("what", nargs="?", choices=("lists", "statement", "movements", "payouts", "payout", "balances"))
    parser.add_argument("arguments", nargs="*", metavar="…")
    options = parser.parse_args()
    if options.self_test:
        failures, count = self_test()
        print("\n".join(failures) if failures else f"All {count} figures of a month come out as computed by hand.")
        return 1 if failures else 0
    if options.what is None:
        parser.error("say what to print")
    if options.what == "lists":
        json.dump(read_lists(*options.arguments), sys.stdout, indent=1)
        return 0
    path, *rest = options.arguments
    with open(path, encoding="utf-8") as file:
        facts = json.load(file)
    hotels = {tenant: Hotel(tenant, of, path.rpartition("/")[0] or ".") for tenant, of in sorted(facts.items())}
    if options.what == "statement":
        print_csv(STATEMENT, [row for hotel in hotels.values() for row in hotel.statement(*rest)])
        return 0
    hotel, rest = hotels[rest[0]], rest[1:]
    if options.what == "movements":
        print_csv(MOVEMENT, [hotel.movement(movement) for movement, _ in hotel.in_month(*rest)])
    elif options.what == "payouts":
        print_csv(PAYOUT, hotel.payout_rows())
    elif options.what == "payout":
        print_csv(MOVEMENT, [hotel.movement(movement) for movement in hotel.items(*rest)])
    else:
        print('"balance_before":{},"balance_after":{}'.format(*hotel.balances(*rest)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
