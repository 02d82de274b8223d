#!/usr/bin/env python3
"""What importing a file of hotel bookings must come to, worked out from the CSV alone.

    import_expectation.py BOOKINGS.csv                          prints the expected summary as JSON
    import_expectation.py BOOKINGS.csv --compare SUMMARY.json   names every difference to a printed summary; exit 1 if there is one
    import_expectation.py BOOKINGS.csv --folios                 prints one JSON line for each booking, to find where a difference comes from
    import_expectation.py --self-test                           checks this script against stays computed by hand

Shares no code with the import and knows neither ledger nor Stripe, so that a mistake has to be made twice to go unseen. All amounts
are cents; no floating point. It follows each booking on its own, while the import interleaves them in order of time.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
MINIMUM = 50  # the least that Stripe takes in EUR
MEAL_PRICES = {"BB": 1200, "HB": 3000, "FB": 4500}  # per person and night, gross
DRINKS_PERCENT = 30  # of a meal's price
PARKING_PRICE = 800
MINIBAR_PRICE = 350
PAGE_HOLD_DAYS = 7
SAVED_CARD_HOLD_LIFE = timedelta(days=4, hours=18)  # a merchant-initiated Visa hold
COUNTS = ("bookings", "folios", "checked_out", "cancelled", "no_shows", "unfinished", "without_folio", "holds_expired")
AMOUNTS = ("captured_from_holds", "paid_on_pages", "charged_to_saved_cards", "refunded", "open", "stripe_fees")
LISTS = {"oddities": ("oddity", ("count",)), "charged": ("category", ("amount",)), "taxes": ("rate", ("gross", "tax"))}
COLUMNS = (
    "booking", "hotel", "arrival", "lead_time_days", "weekend_nights", "week_nights", "adults", "children", "meal", "deposit_type",
    "adr", "parking_spaces", "special_requests", "status", "status_date",
)
# Rate changes of each kind of service, oldest first: the first day a rate is valid.
RATES = {
    "lodging": (("2010-01-01", 7), ("2020-07-01", 5), ("2021-01-01", 7)),
    "food": (("2007-01-01", 19), ("2020-07-01", 5), ("2021-01-01", 7), ("2024-01-01", 19), ("2026-01-01", 7)),
    "drinks": (("2007-01-01", 19), ("2020-07-01", 16), ("2021-01-01", 19)),
}
RATES |= {"no_show": RATES["lodging"], "minibar": RATES["drinks"], "parking": RATES["drinks"]}


def percent_half_up(amount, numerator, denominator):
    """amount × numerator / denominator in whole cents, a half rounded up; amounts here are never negative."""
    return (2 * amount * numerator + denominator) // (2 * denominator)


def tax_rate(category, day):
    """The rate in percent valid on the service date, or None for what is not taxed (a cancellation fee)."""
    if category == "cancellation":
        return None
    valid = [rate for first, rate in RATES[category] if date.fromisoformat(first) <= day]
    if not valid:
        raise ValueError(f"no tax rate for {category} on {day}")
    return valid[-1]


def stripe_fee(amount):
    return percent_half_up(amount, 15, 1000) + 25


def cents(text):
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None
    if not value.is_finite() or value < 0 or value != value.to_integral_value():
        raise ValueError(f"{text!r} is not a whole number of cents from 0 up")
    return int(value)


def whole(text):
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{text!r} is not a whole number from 0 up")
    return int(text)


class Booking:
    """One row, with the days, prices and oddities that follow from it."""

    def __init__(self, row):
        self.reference = f"{row['hotel'][:1]}-{row['booking']}"
        self.children_missing = row["children"] in ("", "NA", "NULL")
        children = 0 if self.children_missing else whole(row["children"])
        self.nights = whole(row["weekend_nights"]) + whole(row["week_nights"])
        self.persons = whole(row["adults"]) + children
        self.arrival = date.fromisoformat(row["arrival"])
        self.departure = self.arrival + timedelta(days=self.nights)
        self.booked = self.arrival - timedelta(days=whole(row["lead_time_days"]))
        self.status, self.status_date = row["status"], date.fromisoformat(row["status_date"])
        if self.status not in ("Check-Out", "Canceled", "No-Show"):
            raise ValueError(f"unknown status {self.status!r}")
        self.end = max(self.status_date, self.booked)
        self.night = cents(row["adr"])
        self.lodging = self.nights * self.night
        meal = MEAL_PRICES.get(row["meal"], 0)
        drinks = percent_half_up(meal, DRINKS_PERCENT, 100)
        self.lines = Counter(
            lodging=self.lodging,
            food=self.persons * self.nights * (meal - drinks),
            drinks=self.persons * self.nights * drinks,
            parking=whole(row["parking_spaces"]) * self.nights * PARKING_PRICE,
        )
        self.expected = self.lines.total()
        # Nothing that Stripe would take at booking: the card is saved all the same, for what reception adds.
        self.free = self.expected < MINIMUM
        self.minibar = whole(row["special_requests"]) * MINIBAR_PRICE
        if row["deposit_type"] not in ("No Deposit", "Non Refund", "Refundable"):
            raise ValueError(f"unknown deposit type {row['deposit_type']!r}")
        self.prepaid = row["deposit_type"] == "Non Refund" and self.lodging >= MINIMUM
        self.deposit = row["deposit_type"] == "Refundable" and self.night >= MINIMUM and not self.free

    def oddities(self):
        """Every name that fits; one row can have several."""
        found = {
            "children_missing": self.children_missing,
            "rate_zero": self.night == 0,
            "no_nights": self.nights == 0,
            "no_guests": self.persons == 0,
            "status_before_booking": self.status_date < self.booked,
            "no_show_before_arrival": self.status == "No-Show" and self.status_date < self.arrival,
            "left_early": self.status == "Check-Out" and self.status_date < self.departure,
            "nothing_to_charge": self.free,
        }
        return [name for name, fits in found.items() if fits]

    def ended_at(self):
        if self.status == "Check-Out":
            hour = 20 if self.end == self.arrival else 11
        else:
            hour = 12 if self.status == "Canceled" else 22
        return local(self.end, hour)

    def hold_life(self):
        """(placed, dies) of the hold that is placed without the guest, as UTC instants."""
        day = max(self.booked, self.arrival - timedelta(days=1))
        placed = local(day, 8 if day == self.booked else 7)
        return placed, placed + SAVED_CARD_HOLD_LIFE


def local(day, hour):
    return datetime.combine(day, time(hour), BERLIN).astimezone(timezone.utc)


def settle(booking):
    """One folio from booking to its end: what is charged, taxed, taken, refunded and left open."""
    b = booking
    result = Counter()
    paid = b.lodging if b.prepaid else b.night if b.deposit else 0
    if paid:
        result["paid_on_pages"] = paid
        result["stripe_fees"] = stripe_fee(paid)

    held = 0
    if not paid and not b.free:
        if (b.departure - b.booked).days < PAGE_HOLD_DAYS:
            held = b.expected
        else:
            placed, dies = b.hold_life()
            held = b.expected if placed <= b.ended_at() < dies else 0
            result["holds_expired"] = int(dies <= b.ended_at())

    service_date = b.arrival
    charged = Counter()
    if b.status == "Check-Out":
        charged = b.lines + Counter(minibar=b.minibar)
        result["checked_out"] = 1
    elif b.status == "Canceled":
        service_date = b.end
        charged["cancellation"] = b.lodging if b.prepaid else 0
        result["cancelled"] = 1
    else:
        service_date = b.end
        # Who has booked nothing that costs anything owes nothing for staying away.
        charged["no_show"] = 0 if b.free else b.night
        charged["cancellation"] = b.lodging - b.night if b.prepaid else 0
        result["no_shows"] = 1
    charged = +charged

    due = charged.total() - paid
    result["refunded"] = max(-due, 0)
    captured = min(due, held) if due >= MINIMUM else 0
    rest = max(due, 0) - captured
    from_card = rest if rest >= MINIMUM else 0
    result["captured_from_holds"], result["charged_to_saved_cards"], result["open"] = captured, from_card, rest - from_card
    result["stripe_fees"] += sum(stripe_fee(amount) for amount in (captured, from_card) if amount)

    gross = Counter()
    for category, amount in charged.items():
        gross[tax_rate(category, service_date)] += amount
    taxes = {"none" if r is None else str(r): (g, percent_half_up(g, r or 0, 100 + (r or 0))) for r, g in gross.items()}
    return result, charged, taxes


def read_bookings(lines):
    rows = csv.DictReader(lines, strict=True)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise ValueError(f"the header lacks {', '.join(missing)}")
    seen = set()
    for row in rows:
        try:
            if None in row or None in row.values():
                raise ValueError("the number of fields differs from the header")
            booking = Booking(row)
            if booking.reference in seen:
                raise ValueError(f"{booking.reference} occurs twice")
        except ValueError as problem:
            raise ValueError(f"line {rows.line_num}: {problem}") from None
        seen.add(booking.reference)
        yield booking


def summarise(bookings):
    total, oddities, charged, gross, tax = Counter(), Counter(), Counter(), Counter(), Counter()
    for booking in bookings:
        total["bookings"] += 1
        oddities.update(booking.oddities())
        total["folios"] += 1
        result, lines, taxes = settle(booking)
        total.update(result)
        charged.update(lines)
        for rate, (of_rate, tax_of_rate) in taxes.items():
            gross[rate] += of_rate
            tax[rate] += tax_of_rate
    summary = {name: total[name] for name in COUNTS + AMOUNTS}
    summary["currency"] = "eur"
    summary["oddities"] = [{"oddity": name, "count": oddities[name]} for name in sorted(oddities)]
    summary["charged"] = [{"category": name, "amount": charged[name]} for name in sorted(charged)]
    summary["taxes"] = [{"rate": rate, "gross": gross[rate], "tax": tax[rate]} for rate in sorted(gross)]
    return summary


def differences(expected, printed):
    """One sentence for each value that differs. Lists are compared by name, and an entry of zeros is as good as none."""
    found = []
    for name in COUNTS + AMOUNTS:
        if name == "stripe_fees" and printed.get(name) is None:
            continue
        if not same(expected[name], printed.get(name)):
            found.append(f"{name}: expected {expected[name]}, the summary says {json.dumps(printed.get(name))}")
    for name, (key, values) in LISTS.items():
        rows = printed.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            found.append(f"{name}: the summary has no such list")
            continue
        names = [str(row.get(key)) for row in rows]
        found += [f"{name} {entry}: listed {count} times" for entry, count in Counter(names).items() if count > 1]
        wanted, given = {row[key]: row for row in expected[name]}, dict(zip(names, rows))
        for entry in sorted(wanted.keys() | given.keys()):
            for value in values:
                want, got = wanted.get(entry, {}).get(value, 0), given.get(entry, {value: 0}).get(value)
                if not same(want, got):
                    found.append(f"{name} {entry}: expected {value} {want}, the summary says {json.dumps(got)}")
    return found


def same(expected, given):
    """Only whole numbers are equal to whole numbers: neither 1.0 nor true is 1."""
    return type(given) is int and given == expected


def describe(booking):
    result, charged, taxes = settle(booking)
    row = {"reference": booking.reference, "oddities": booking.oddities(), "expected": booking.expected} | +result
    return json.dumps(row | {"charged": charged, "taxes": taxes})


def self_test():
    """Stays computed by hand. Columns: arrival, lead, nights, adults, children, meal, deposit, adr, parking, requests, status, its date."""
    cases = (
        # Hold on the page over 248.00 (200 + 48); 255.00 due with two drinks of the minibar, so 7.00 more from the card.
        ("2016-05-10 3 2 2 0 BB NoDeposit 100 0 2 Check-Out 2016-05-12", dict(captured_from_holds=24800, charged_to_saved_cards=700,
         stripe_fees=397 + 36), dict(lodging=20000, food=3360, drinks=1440, minibar=700), {"7": (20000, 1308), "19": (5500, 878)}),
        # Held off session on 9 May 07:00, dead on 14 May 01:00; check-out on 17 May: 7 × 50 and parking 56 from the saved card.
        ("2016-05-10 90 7 1 0 SC NoDeposit 50 1 0 Check-Out 2016-05-17", dict(charged_to_saved_cards=40600, holds_expired=1,
         stripe_fees=634), dict(lodging=35000, parking=5600), {"7": (35000, 2290), "19": (5600, 894)}),
        # Three nights booked early: the hold of 9 May lives until 14 May.
        ("2016-05-10 90 3 1 NA SC NoDeposit 33.33 0 0 Check-Out 2016-05-13", dict(captured_from_holds=9999, stripe_fees=175),
         dict(lodging=9999), {"7": (9999, 654)}),
        # Not refundable and cancelled: the lodging paid on the page is kept, without tax.
        ("2016-05-10 30 2 2 0 HB NonRefund 80.5 0 1 Canceled 2016-05-01", dict(paid_on_pages=16100, stripe_fees=267),
         dict(cancellation=16100), {"none": (16100, 0)}),
        # Not refundable and not come: one night at 7 %, the other two as cancellation.
        ("2016-05-10 30 3 2 0 BB NonRefund 60 0 0 No-Show 2016-05-10", dict(paid_on_pages=18000, stripe_fees=295),
         dict(no_show=6000, cancellation=12000), {"7": (6000, 393), "none": (12000, 0)}),
        # A deposit goes back, the fee of Stripe (0.90 + 0.25) stays.
        ("2016-05-10 30 3 2 0 BB Refundable 60 0 0 Canceled 2016-05-09", dict(paid_on_pages=6000, refunded=6000, stripe_fees=115), {}, {}),
        # A no-show at 0.40 is below Stripe's minimum and stays open; 0.40 × 7 / 107 = 0.026 rounds to 0.03.
        ("2016-05-10 1 1 1 0 BB NoDeposit 0.4 0 0 No-Show 2016-05-10", dict(open=40), dict(no_show=40), {"7": (40, 3)}),
        # Never come, and said so before the hold of 9 May was placed: the saved card pays.
        ("2016-05-10 30 2 1 0 SC NoDeposit 70 0 0 No-Show 2016-05-01", dict(charged_to_saved_cards=7000, stripe_fees=130),
         dict(no_show=7000), {"7": (7000, 458)}),
        # Second half of 2020: 5 % on 108.40 together, 16 % on drinks of 3.60: 5.16 and 0.50.
        ("2020-08-01 1 1 1 0 BB NoDeposit 100 0 0 Check-Out 2020-08-02", dict(captured_from_holds=11200, stripe_fees=193),
         dict(lodging=10000, food=840, drinks=360), {"5": (10840, 516), "16": (360, 50)}),
        # Seven days from booking to departure are one too many for the page; six are not, and the hold lasts all five nights.
        ("2016-05-10 1 5 1 0 SC NoDeposit 40 0 0 Check-Out 2016-05-15", dict(captured_from_holds=20000, stripe_fees=325),
         dict(lodging=20000), {"7": (20000, 1308)}),
        ("2016-05-10 2 5 1 0 SC NoDeposit 40 0 0 Check-Out 2016-05-15", dict(charged_to_saved_cards=20000, holds_expired=1,
         stripe_fees=325), dict(lodging=20000), {"7": (20000, 1308)}),
        # The day on which a no-show is recorded decides its rate, 5 %: not that of booking or arrival, both 7 %.
        ("2021-01-02 200 1 1 0 SC NoDeposit 100 0 0 No-Show 2020-12-30", dict(charged_to_saved_cards=10000, stripe_fees=175),
         dict(no_show=10000), {"5": (10000, 476)}),
        # Free, and no hold: the two drinks of 7.00 are taken from the card that was saved.
        ("2016-05-10 3 2 2 0 SC NoDeposit 0 0 2 Check-Out 2016-05-12", dict(charged_to_saved_cards=700, stripe_fees=36),
         dict(minibar=700), {"19": (700, 112)}),
        # Free, booked long before: no hold that could expire either. One drink of 3.50.
        ("2016-05-10 90 7 1 0 SC NoDeposit 0 0 1 Check-Out 2016-05-17", dict(charged_to_saved_cards=350, stripe_fees=30),
         dict(minibar=350), {"19": (350, 56)}),
        # Free, and nothing comes: closed with nothing.
        ("2016-05-10 3 2 2 0 SC NoDeposit 0 0 0 Check-Out 2016-05-12", {}, {}, {}),
        ("2016-05-10 3 2 2 0 SC NonRefund 0 0 2 Canceled 2016-05-09", {}, {}, {}),
        # No nights are free, whatever one would cost: no deposit of 80.00, and no fee for staying away.
        ("2016-05-10 3 0 2 0 BB Refundable 80 0 1 No-Show 2016-05-10", {}, {}, {}),
        # 0.40 is too little to be reserved, and with a drink enough to be taken: 3.90 × 15 / 1000 = 0.0585, and 0.25.
        ("2016-05-10 3 1 1 0 SC NoDeposit 0.4 0 1 Check-Out 2016-05-11", dict(charged_to_saved_cards=390, stripe_fees=31),
         dict(lodging=40, minibar=350), {"7": (40, 3), "19": (350, 56)}),
        # Without it 0.40 stay open.
        ("2016-05-10 3 1 1 0 SC NoDeposit 0.4 0 0 Check-Out 2016-05-11", dict(open=40), dict(lodging=40), {"7": (40, 3)}),
    )
    names = [name for name in COLUMNS if name not in ("booking", "hotel", "weekend_nights")]
    ends = {"Check-Out": "checked_out", "Canceled": "cancelled", "No-Show": "no_shows"}
    failures, bookings = [], []
    for text, *expected in cases:
        words = text.replace("NoDeposit", "No_Deposit").replace("NonRefund", "Non_Refund").split()
        row = dict(zip(names, (word.replace("_", " ") for word in words)), booking="1", hotel="R", weekend_nights="0")
        bookings.append(Booking(row))
        result, charged, taxes = settle(bookings[-1])
        expected[0] |= {ends[row["status"]]: 1}
        if [dict(+result), dict(charged), taxes] != expected:
            failures.append(f"{text}\n  expected {expected}\n  computed {[dict(+result), dict(charged), taxes]}")
    sample = summarise(bookings[:1])
    turned = {**sample, "charged": sample["charged"][::-1], "stripe_fees": None, "more": 1}
    wrong = {**sample, "open": 1, "taxes": [], "charged": sample["charged"] + [{"category": "shop", "amount": 5}]}
    if differences(sample, turned) or len(differences(sample, wrong)) != 6:
        failures.append(f"comparing: {differences(sample, turned)} {differences(sample, wrong)}")
    return failures, len(cases)


def main():
    parser = argparse.ArgumentParser(description="What importing a file of hotel bookings must come to, from the CSV alone.")
    parser.add_argument("bookings", nargs="?", metavar="BOOKINGS.csv")
    parser.add_argument("--compare", metavar="SUMMARY.json", help="the summary that the import printed with --format json")
    parser.add_argument("--folios", action="store_true", help="one JSON line for each booking instead of the summary")
    parser.add_argument("--self-test", action="store_true", help="check this script against stays computed by hand")
    options = parser.parse_args()
    if options.self_test:
        failures, count = self_test()
        print("\n".join(failures) if failures else f"All {count} stays come out as computed by hand.")
        return 1 if failures else 0
    if options.bookings is None:
        parser.error("name the file of bookings")
    try:
        with open(options.bookings, encoding="utf-8-sig", newline="") as file:
            bookings = list(read_bookings(file))
            summary = summarise(bookings)
        if options.compare is None:
            print("\n".join(map(describe, bookings)) if options.folios else json.dumps(summary, indent=2))
            return 0
        with open(options.compare, encoding="utf-8") as file:
            printed = json.load(file)
        if not isinstance(printed, dict):
            raise ValueError(f"{options.compare} holds no JSON object")
    except (OSError, ValueError, csv.Error) as problem:
        print(f"import_expectation.py: {problem}", file=sys.stderr)
        return 2
    found = differences(summary, printed)
    print("\n".join(found) if found else f"The summary of {summary['bookings']} bookings is as expected, to the cent.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
