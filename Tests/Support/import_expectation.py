#!/usr/bin/env python3
"""What importing a file of hotel bookings must come to, worked out from the CSV alone.

    import_expectation.py BOOKINGS.csv                          prints the expected summary as JSON
    import_expectation.py BOOKINGS.csv --compare SUMMARY.json   names every difference to a printed summary; without one, says in words what
                                                                it shows of the cover; exit 1 for a difference or a broken promise
    import_expectation.py BOOKINGS.csv --folios                 prints one JSON line for each booking, to find where a difference comes from
    import_expectation.py BOOKINGS.csv --promises               says in words what is expected of the cover
    import_expectation.py --self-test                           checks this script against stays computed by hand

--extras-per-night and --refusing-renewals are those of the import.

Shares no code with the import and knows neither ledger nor Stripe, so that a mistake has to be made twice to go unseen. All amounts
are cents; no floating point. It follows each booking on its own, while the import interleaves them in order of time.

The rules of a reserved payment
===============================

The day. Booked at 8 o'clock of the day of booking, arrived at 15, checked out at 11 (at 20 by who came the same day), cancelled at 12,
a no-show at 22; always by the clocks of Berlin. Who left after the booked departure, or before the booked arrival, is booked from
arrival to departure as they came about.

What is held. Of each night, and one at least: the rate, and EXTRAS_PER_NIGHT, what guests of this hotel consume in a night. One constant
for all bookings. No hold below what Stripe takes.

When. By the guest on a page at booking where fewer than 7 days lie between booking and departure. Else on the saved card: at 7 o'clock
of the day before arrival, or at booking where that is later.

Cards. Booking numbers that 3 divides pay with a Mastercard, all others with a Visa. A hold lives 7 days; without the guest on a Visa 4
days and 18 hours.

Renewal. A hold that ends before noon of the day after departure is renewed 48 hours before its end, but between 9 and 18 o'clock: then a
hold over the same amount takes its place.

Raising. When the guest arrives, everything is charged. What that exceeds the hold by is held as well, up to CEILING_PERCENT of what was
proposed: a hold over the total takes the place of the first one. Where it could end before that one and before the noon of the day
after departure, if its life were 4 days and 18 hours, a second hold over the rest adds to the first one instead, unless the rest is less
than Stripe takes. Each is renewed by itself.

Refusing cards (--refusing-renewals 10: those of booking numbers that 10 divides). Their banks agree to no hold while another one lives, so
to no renewal and no raise. The first hold stays, ends, and nothing takes its place; the guest does not use the page that then asks for
another one. The check-out takes from the saved card what is not held.

Cover. A stay is covered while a hold lives: from the second in which the bank agrees to the one in which it ends or is taken. It has to be
covered from the beginning of the day of arrival, or from booking where that is later, to check-out. One without a hold is uncovered.

Excess. What is held at check-out beyond what is due, summed over all stays with a reserved payment, divided by the sum of what was due for
them. A stay for which less is held than is due counts as 0.
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
EXTRAS_PER_NIGHT = 3500  # the mean of what the resort's guests consume in a night is 35.14
CEILING_PERCENT = 200
PAGE_HOLD_DAYS = 7
HOLD_LIFE = timedelta(days=7)
HOLD_LIFE_WITHOUT_GUEST_ON_VISA = timedelta(days=4, hours=18)
RENEWED_BEFORE_END = timedelta(hours=48)
RENEWAL_HOURS = (9, 18)
GRACE = timedelta(days=1)
# The bounds of what the import promises.
LEAST_VISA_PERCENT, MOST_EXCESS_PERCENT, LEAST_PERCENT_FROM_HOLDS = 50, 25, 95
COVER_COUNTS = (
    # Check-outs of stays with a reserved payment; those among them paid with a Visa, and with a card that refuses renewals.
    "reserved_stays", "visa_stays", "refusing_stays",
    # Holds that a bank agreed to: those of such stays, and all; among all those that renewed and those that raised another one.
    "stay_authorisations", "authorisations", "renewals", "raises",
    # Such stays that were at some moment without live cover, with cards that work and with cards that refuse renewals.
    "uncovered_stays", "uncovered_refusing_stays",
    # Holds that ended before their stays were settled, with nothing in their place; how many folios said so before, and how many were
    # shown as covered after.
    "holds_not_renewed", "not_renewed_announced", "not_renewed_shown_covered",
)
COVER_AMOUNTS = (
    # What check-outs took, of stays with and without a reserved payment.
    "check_outs_from_holds", "check_outs_from_saved_cards",
    # Of check-outs with a reserved payment: what was due, and what was held beyond it.
    "due_of_stays", "excess_of_holds",
)
COUNTS = ("bookings", "folios", "checked_out", "cancelled", "no_shows", "unfinished", "without_folio", "holds_expired") + COVER_COUNTS
AMOUNTS = ("captured_from_holds", "paid_on_pages", "charged_to_saved_cards", "refunded", "open", "stripe_fees") + COVER_AMOUNTS
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


class House:
    """What the tenant of the import has decided, and how many cards refuse."""

    def __init__(self, extras=EXTRAS_PER_NIGHT, refusing=None):
        """extras: expected of a night. refusing: one card in so many refuses renewals; None: none."""
        self.extras, self.refusing = extras, refusing


class Booking:
    """One row, with the days, prices and oddities that follow from it."""

    def __init__(self, row, house=House()):
        self.reference = f"{row['hotel'][:1]}-{row['booking']}"
        number = whole(row["booking"])
        self.visa = number % 3 != 0
        self.refuses_renewals = house.refusing is not None and number % house.refusing == 0
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
        # As it came about, which is known when the folio is opened.
        gone = self.status == "Check-Out"
        self.came = min(self.arrival, self.end) if gone else self.arrival
        self.leaves = max(self.departure, self.end) if gone else self.departure
        self.proposal = max(1, (self.leaves - self.came).days) * (self.night + house.extras)
        # Nothing that Stripe would hold: the card is saved all the same, for what reception adds.
        self.free = self.proposal < MINIMUM
        self.minibar = whole(row["special_requests"]) * MINIBAR_PRICE
        if row["deposit_type"] not in ("No Deposit", "Non Refund", "Refundable"):
            raise ValueError(f"unknown deposit type {row['deposit_type']!r}")
        self.prepaid = row["deposit_type"] == "Non Refund" and self.lodging >= MINIMUM
        self.deposit = row["deposit_type"] == "Refundable" and self.night >= MINIMUM and self.nights > 0
        self.reserved = not (self.prepaid or self.deposit or self.free)

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
            "left_late": self.status == "Check-Out" and self.status_date > self.departure,
            "nothing_to_reserve": self.free,
        }
        return [name for name, fits in found.items() if fits]

    def ended_at(self):
        if self.status == "Check-Out":
            hour = 20 if self.end == self.came else 11
        else:
            hour = 12 if self.status == "Canceled" else 22
        return local(self.end, hour)

    def without_guest(self):
        """How long a hold lives that is placed without the guest."""
        return HOLD_LIFE_WITHOUT_GUEST_ON_VISA if self.visa else HOLD_LIFE

    def first_hold(self):
        """The hold that booking asks for, or None where the folio is over before it is placed."""
        if (self.leaves - self.booked).days < PAGE_HOLD_DAYS:
            start, life = local(self.booked, 8), HOLD_LIFE
        else:
            day = max(self.booked, self.came - timedelta(days=1))
            start, life = local(day, 8 if day == self.booked else 7), self.without_guest()
        return Hold("placed", self.proposal, start, start + life) if start <= self.ended_at() else None


class Hold:
    """What a bank holds, from the instant at which it agrees; ends is when it lets go, or when another one takes its place."""

    def __init__(self, how, amount, starts, ends):
        self.how, self.amount, self.starts, self.ends = how, amount, starts, ends

    def describe(self):
        return f"{self.how} {self.amount} {self.starts:%Y-%m-%dT%H:%M}/{self.ends:%Y-%m-%dT%H:%M}"


def local(day, hour):
    return datetime.combine(day, time(hour), BERLIN).astimezone(timezone.utc)


def within_hours(instant):
    """The first instant from then on at which a bank is asked to renew a hold."""
    opens, closes = RENEWAL_HOURS
    day = instant.astimezone(BERLIN).date()
    if instant < local(day, opens):
        return local(day, opens)
    return instant if instant < local(day, closes) else local(day + timedelta(days=1), opens)


def holds(booking, due):
    """The holds of a reserved payment in chains: in each, a hold takes the place of the one before. due: what is charged at arrival."""
    b = booking
    first = b.first_hold()
    if first is None:
        return []
    chains, ended, settled = [[first]], b.ended_at(), local(b.leaves + GRACE, 12)
    arrives = local(b.came, 15) if b.status == "Check-Out" else None
    while not b.refuses_renewals:
        due_renewals = [(within_hours(chain[-1].ends - RENEWED_BEFORE_END), chain) for chain in chains if chain[-1].ends < settled]
        start, chain = min(due_renewals, key=lambda renewal: renewal[0], default=(None, None))
        if arrives is not None and (start is None or arrives < start):
            start, arrives, chain = arrives, None, chains[0]
            last, amount = chain[-1], min(due, b.proposal * CEILING_PERCENT // 100)
            if amount <= last.amount:
                continue
            if start + HOLD_LIFE_WITHOUT_GUEST_ON_VISA < min(last.ends, settled) and amount - last.amount >= MINIMUM:
                chains.append([Hold("added", amount - last.amount, start, start + b.without_guest())])
                continue
            how = "raised"
        elif start is not None and start <= ended:
            last = chain[-1]
            how, amount = "renewed", last.amount
        else:
            break
        last.ends = start
        chain.append(Hold(how, amount, start, start + b.without_guest()))
    return chains


def captures(due, held):
    """What a check-out takes from holds over these amounts: from the smallest that is enough alone, else from the largest on."""
    if due < MINIMUM or not held:
        return []
    if due <= max(held):
        return [due]
    taken = []
    for amount in sorted(held, reverse=True):
        if due >= MINIMUM:
            taken.append(min(due, amount))
            due -= taken[-1]
    return taken


def is_covered(made, begin, end):
    """Whether a hold lives at each moment from begin to end."""
    reached = begin
    for hold in sorted(made, key=lambda each: each.starts):
        if hold.starts <= reached:
            reached = max(reached, hold.ends)
    return reached >= end


def cover(booking, due):
    """(the amounts that are held at the end, counts): the holds of a reserved payment, and what they do for its stay."""
    b, counts = booking, Counter()
    chains = holds(b, due)
    made = [hold for chain in chains for hold in chain]
    ended = b.ended_at()
    how = Counter(hold.how for hold in made)
    counts["authorisations"], counts["renewals"], counts["raises"] = len(made), how["renewed"], how["raised"] + how["added"]
    dead = [chain[-1] for chain in chains if chain[-1].ends <= ended]
    counts["holds_expired"] = len(dead)
    counts["holds_not_renewed"] = counts["not_renewed_announced"] = sum(hold.ends < local(b.leaves + GRACE, 12) for hold in dead)
    held = [chain[-1].amount for chain in chains if chain[-1].ends > ended]
    if b.status == "Check-Out":
        begin = max(local(b.came, 0), local(b.booked, 8))
        uncovered = int(not is_covered(made, begin, ended))
        counts["reserved_stays"] = 1
        counts["visa_stays"] = int(b.visa)
        counts["refusing_stays"] = int(b.refuses_renewals)
        counts["stay_authorisations"] = len(made)
        counts["uncovered_refusing_stays" if b.refuses_renewals else "uncovered_stays"] = uncovered
        counts["due_of_stays"] = due
        counts["excess_of_holds"] = max(0, sum(held) - due)
    return held, counts


def settle(booking):
    """One folio from booking to its end: what is charged, taxed, taken, refunded and left open."""
    b = booking
    result = Counter()
    paid = b.lodging if b.prepaid else b.night if b.deposit else 0
    if paid:
        result["paid_on_pages"] = paid
        result["stripe_fees"] = stripe_fee(paid)

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
        # Who has booked no night owes nothing for staying away.
        charged["no_show"] = b.night if b.nights else 0
        charged["cancellation"] = b.lodging - b.night if b.prepaid else 0
        result["no_shows"] = 1
    charged = +charged

    held = []
    if b.reserved:
        held, counts = cover(b, charged.total())
        result.update(counts)

    due = charged.total() - paid
    result["refunded"] = max(-due, 0)
    taken = captures(due, held)
    captured = sum(taken)
    rest = max(due, 0) - captured
    from_card = rest if rest >= MINIMUM else 0
    result["captured_from_holds"], result["charged_to_saved_cards"], result["open"] = captured, from_card, rest - from_card
    if b.status == "Check-Out":
        result["check_outs_from_holds"], result["check_outs_from_saved_cards"] = captured, from_card
    result["stripe_fees"] += sum(stripe_fee(amount) for amount in [*taken, from_card] if amount)

    gross = Counter()
    for category, amount in charged.items():
        gross[tax_rate(category, service_date)] += amount
    taxes = {"none" if r is None else str(r): (g, percent_half_up(g, r or 0, 100 + (r or 0))) for r, g in gross.items()}
    return result, charged, taxes


def read_bookings(lines, house=House()):
    rows = csv.DictReader(lines, strict=True)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise ValueError(f"the header lacks {', '.join(missing)}")
    seen = set()
    for row in rows:
        try:
            if None in row or None in row.values():
                raise ValueError("the number of fields differs from the header")
            booking = Booking(row, house)
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
    made = [hold.describe() for chain in holds(booking, charged.total()) for hold in chain] if booking.reserved else []
    row = {"reference": booking.reference, "oddities": booking.oddities(), "proposal": booking.proposal} | +result
    return json.dumps(row | {"charged": charged, "taxes": taxes, "holds": made})


def promises(summary, house):
    """What a summary shows of the cover: pairs of whether it is as promised, and a sentence."""
    n = summary
    stays = n["reserved_stays"]
    if not stays:
        return [(True, "No stay with a reserved payment was checked out: there is no cover to judge.")]
    taken = n["check_outs_from_holds"] + n["check_outs_from_saved_cards"]
    working = stays - n["refusing_stays"]
    found = [
        (n["visa_stays"] * 100 >= LEAST_VISA_PERCENT * stays,
         f"Cards: {n['visa_stays']:,} of {stays:,} stays with a reserved payment were paid with a Visa "
         f"({percent(n['visa_stays'], stays)} %; at least {LEAST_VISA_PERCENT} %), whose holds without the guest live 4 days and 18 hours."),
        (n["excess_of_holds"] * 100 <= MOST_EXCESS_PERCENT * n["due_of_stays"],
         f"Excess: {euros(house.extras)} of extras are expected of a night; {percent(n['excess_of_holds'], n['due_of_stays'])} % more was "
         f"held than was due (at most {MOST_EXCESS_PERCENT} %): the sum of what was held at check-out beyond what was due, "
         f"{euros(n['excess_of_holds'])}, over the sum of what was due, {euros(n['due_of_stays'])}."),
        (True,
         f"Authorisations: {decimal(n['stay_authorisations'], stays, 2)} per stay ({n['stay_authorisations']:,} for {stays:,} stays); "
         f"{n['authorisations']:,} in all, {n['renewals']:,} renewals and {n['raises']:,} raises among them."),
        (n["uncovered_stays"] == 0,
         f"Cover: {n['uncovered_stays']:,} of {working:,} stays whose cards work were without live cover at some moment from arrival (or "
         "booking, if later) to check-out; none may be."),
        # With cards that refuse, it says how much is lost; it is no promise then.
        (house.refusing is not None or n["check_outs_from_holds"] * 100 >= LEAST_PERCENT_FROM_HOLDS * taken,
         f"Check-outs: {percent(n['check_outs_from_holds'], taken)} % of what they took came from live holds"
         f"{'' if house.refusing else f' (at least {LEAST_PERCENT_FROM_HOLDS} %)'}: {euros(n['check_outs_from_holds'])}, and "
         f"{euros(n['check_outs_from_saved_cards'])} from saved cards."),
    ]
    ended = n["holds_not_renewed"]
    if house.refusing is None:
        found.append(
            (ended == 0, f"Renewals: {ended:,} holds ended before their stays were settled, with nothing in their place; none may."))
    else:
        found += [
            (n["not_renewed_announced"] == ended,
             f"Refusals: one card in {house.refusing} refuses renewals, {n['refusing_stays']:,} of these stays; {ended:,} holds ended "
             f"before their stays were settled, and {n['not_renewed_announced']:,} of their folios said so before; all must. "
             f"{n['uncovered_refusing_stays']:,} of these stays were uncovered from then on."),
            (n["not_renewed_shown_covered"] == 0,
             f"After the end: {n['not_renewed_shown_covered']:,} of these folios were shown as covered; none may be."),
        ]
    return found


def percent(part, total):
    return decimal(100 * part, total, 1)


def decimal(part, total, digits):
    """part / total with so many digits, a half rounded up; 0 where there is nothing to divide by."""
    scaled = percent_half_up(part, 10**digits, total) if total else 0
    return f"{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


def euros(amount):
    return f"EUR {amount // 100:,}.{amount % 100:02d}"


# Stays computed by hand. Columns: number, arrival, lead, nights, adults, children, meal, deposit, adr, parking, requests, status, its date.
# Of each: what it comes to, what is charged by category, and the taxes by rate.
MONEY_CASES = (
    # Two nights at 100, 48.00 of meals and two drinks of the minibar: 255.00 of the 270.00 held.
    ("1 2016-05-10 3 2 2 0 BB NoDeposit 100 0 2 Check-Out 2016-05-12", dict(captured_from_holds=25500, stripe_fees=408),
     dict(lodging=20000, food=3360, drinks=1440, minibar=700), {"7": (20000, 1308), "19": (5500, 878)}),
    # 7 × 50 and parking 56 out of the hold that was renewed twice.
    ("1 2016-05-10 90 7 1 0 SC NoDeposit 50 1 0 Check-Out 2016-05-17", dict(captured_from_holds=40600, stripe_fees=634),
     dict(lodging=35000, parking=5600), {"7": (35000, 2290), "19": (5600, 894)}),
    ("1 2016-05-10 90 3 1 NA SC NoDeposit 33.33 0 0 Check-Out 2016-05-13", dict(captured_from_holds=9999, stripe_fees=175),
     dict(lodging=9999), {"7": (9999, 654)}),
    # Not refundable and cancelled: the lodging paid on the page is kept, without tax.
    ("1 2016-05-10 30 2 2 0 HB NonRefund 80.5 0 1 Canceled 2016-05-01", dict(paid_on_pages=16100, stripe_fees=267),
     dict(cancellation=16100), {"none": (16100, 0)}),
    # Not refundable and not come: one night at 7 %, the other two as cancellation.
    ("1 2016-05-10 30 3 2 0 BB NonRefund 60 0 0 No-Show 2016-05-10", dict(paid_on_pages=18000, stripe_fees=295),
     dict(no_show=6000, cancellation=12000), {"7": (6000, 393), "none": (12000, 0)}),
    # A deposit goes back, the fee of Stripe (0.90 + 0.25) stays.
    ("1 2016-05-10 30 3 2 0 BB Refundable 60 0 0 Canceled 2016-05-09", dict(paid_on_pages=6000, refunded=6000, stripe_fees=115), {}, {}),
    # A no-show at 0.40 is below Stripe's minimum and stays open; 0.40 × 7 / 107 = 0.026 rounds to 0.03.
    ("1 2016-05-10 1 1 1 0 BB NoDeposit 0.4 0 0 No-Show 2016-05-10", dict(open=40), dict(no_show=40), {"7": (40, 3)}),
    # Never come, and said so before the hold of 9 May was placed: the saved card pays.
    ("1 2016-05-10 30 2 1 0 SC NoDeposit 70 0 0 No-Show 2016-05-01", dict(charged_to_saved_cards=7000, stripe_fees=130),
     dict(no_show=7000), {"7": (7000, 458)}),
    # Second half of 2020: 5 % on 108.40 together, 16 % on drinks of 3.60: 5.16 and 0.50.
    ("1 2020-08-01 1 1 1 0 BB NoDeposit 100 0 0 Check-Out 2020-08-02", dict(captured_from_holds=11200, stripe_fees=193),
     dict(lodging=10000, food=840, drinks=360), {"5": (10840, 516), "16": (360, 50)}),
    # The day on which a no-show is recorded decides its rate, 5 %: not that of booking or arrival, both 7 %.
    ("1 2021-01-02 200 1 1 0 SC NoDeposit 100 0 0 No-Show 2020-12-30", dict(charged_to_saved_cards=10000, stripe_fees=175),
     dict(no_show=10000), {"5": (10000, 476)}),
    # The room is free, and the extras of two nights are held: 70.00. Two drinks of 3.50, and nothing.
    ("1 2016-05-10 3 2 2 0 SC NoDeposit 0 0 2 Check-Out 2016-05-12", dict(captured_from_holds=700, stripe_fees=36),
     dict(minibar=700), {"19": (700, 112)}),
    ("1 2016-05-10 3 2 2 0 SC NoDeposit 0 0 0 Check-Out 2016-05-12", {}, {}, {}),
    # Two persons' full board, 180.00, is more than twice as much: 140.00 of it are held, and the saved card pays the rest.
    ("1 2016-05-10 3 2 2 0 FB NoDeposit 0 0 0 Check-Out 2016-05-12",
     dict(captured_from_holds=14000, charged_to_saved_cards=4000, stripe_fees=235 + 85), dict(food=12600, drinks=5400),
     {"19": (18000, 2874)}),
    ("1 2016-05-10 3 2 2 0 SC NonRefund 0 0 2 Canceled 2016-05-09", {}, {}, {}),
    # No nights, whatever one would cost: no deposit of 80.00, and no fee for staying away.
    ("1 2016-05-10 3 0 2 0 BB Refundable 80 0 1 No-Show 2016-05-10", {}, {}, {}),
    # 0.40 is too little to be taken, and with a drink enough: 3.90 × 15 / 1000 = 0.0585, and 0.25.
    ("1 2016-05-10 3 1 1 0 SC NoDeposit 0.4 0 1 Check-Out 2016-05-11", dict(captured_from_holds=390, stripe_fees=31),
     dict(lodging=40, minibar=350), {"7": (40, 3), "19": (350, 56)}),
    ("1 2016-05-10 3 1 1 0 SC NoDeposit 0.4 0 0 Check-Out 2016-05-11", dict(open=40), dict(lodging=40), {"7": (40, 3)}),
)
# The same where no extras are expected: what costs nothing holds nothing, and the saved card pays.
FREE_CASES = (
    ("1 2016-05-10 3 2 2 0 SC NoDeposit 0 0 2 Check-Out 2016-05-12", dict(charged_to_saved_cards=700, stripe_fees=36),
     dict(minibar=700), {"19": (700, 112)}),
    ("1 2016-05-10 90 7 1 0 SC NoDeposit 0 0 1 Check-Out 2016-05-17", dict(charged_to_saved_cards=350, stripe_fees=30),
     dict(minibar=350), {"19": (350, 56)}),
    ("1 2016-05-10 3 1 1 0 SC NoDeposit 0.4 0 1 Check-Out 2016-05-11", dict(charged_to_saved_cards=390, stripe_fees=31),
     dict(lodging=40, minibar=350), {"7": (40, 3), "19": (350, 56)}),
)
# Of each: its holds, from and to in UTC (Berlin is two hours ahead in May), and what they count as.
COVER_CASES = (
    # On the page on 7 May at 8, for seven days: past noon of 13 May, when the stay is settled. 15.00 of it are not needed.
    ("1 2016-05-10 3 2 2 0 BB NoDeposit 100 0 2 Check-Out 2016-05-12", ["placed 27000 2016-05-07T06:00/2016-05-14T06:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=25500, excess_of_holds=1500)),
    # Without the guest on 9 May at 7, until 14 May 1:00; renewed 48 hours before, at 9, and once more: until 20 May, past 18 May noon.
    ("1 2016-05-10 90 7 1 0 SC NoDeposit 50 1 0 Check-Out 2016-05-17",
     ["placed 59500 2016-05-09T05:00/2016-05-12T07:00", "renewed 59500 2016-05-12T07:00/2016-05-15T07:00",
      "renewed 59500 2016-05-15T07:00/2016-05-20T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=3, authorisations=3, renewals=2, due_of_stays=40600, excess_of_holds=18900)),
    # The same on a Mastercard: until 16 May 7:00, renewed on 14 May at 9.
    ("3 2016-05-10 90 7 1 0 SC NoDeposit 50 1 0 Check-Out 2016-05-17",
     ["placed 59500 2016-05-09T05:00/2016-05-14T07:00", "renewed 59500 2016-05-14T07:00/2016-05-21T07:00"],
     dict(reserved_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=40600, excess_of_holds=18900)),
    # Lives until 14 May 1:00, after check-out and before the noon when the stay is settled: renewed.
    ("1 2016-05-10 90 3 1 0 SC NoDeposit 33.33 0 0 Check-Out 2016-05-13",
     ["placed 20499 2016-05-09T05:00/2016-05-12T07:00", "renewed 20499 2016-05-12T07:00/2016-05-17T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=9999, excess_of_holds=10500)),
    # Gone before the renewal was due.
    ("1 2016-05-10 90 3 1 0 SC NoDeposit 33.33 0 0 Check-Out 2016-05-11", ["placed 20499 2016-05-09T05:00/2016-05-13T23:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=9999, excess_of_holds=10500)),
    # 236.00 are charged at 15 o'clock, and 170.00 held: raised.
    ("1 2016-05-10 90 2 2 0 HB NoDeposit 50 1 0 Check-Out 2016-05-12",
     ["placed 17000 2016-05-09T05:00/2016-05-10T13:00", "raised 23600 2016-05-10T13:00/2016-05-15T07:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, raises=1, due_of_stays=23600)),
    # In the place of the page's hold a new one could end on 15 May at 9, two hours before check-out: a second one adds the rest.
    ("1 2016-05-10 1 5 2 0 HB NoDeposit 50 0 0 Check-Out 2016-05-15",
     ["placed 42500 2016-05-09T06:00/2016-05-14T07:00", "renewed 42500 2016-05-14T07:00/2016-05-19T01:00",
      "added 12500 2016-05-10T13:00/2016-05-13T07:00", "renewed 12500 2016-05-13T07:00/2016-05-18T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=4, authorisations=4, renewals=2, raises=1, due_of_stays=55000)),
    # Six days from booking to departure are for the page; it is renewed only because the guest may be late by a day.
    ("1 2016-05-10 1 5 1 0 SC NoDeposit 40 0 0 Check-Out 2016-05-15",
     ["placed 37500 2016-05-09T06:00/2016-05-14T07:00", "renewed 37500 2016-05-14T07:00/2016-05-19T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=20000, excess_of_holds=17500)),
    # Seven are not: the card is held on the eve at 7.
    ("1 2016-05-10 2 5 1 0 SC NoDeposit 40 0 0 Check-Out 2016-05-15",
     ["placed 37500 2016-05-09T05:00/2016-05-12T07:00", "renewed 37500 2016-05-12T07:00/2016-05-17T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=20000, excess_of_holds=17500)),
    # Booked on the day of arrival for a week: the card is held at booking, at 8. Until 17 May 8:00, renewed on 15 May.
    ("3 2016-05-10 0 7 1 0 SC NoDeposit 40 0 0 Check-Out 2016-05-17",
     ["placed 52500 2016-05-10T06:00/2016-05-15T07:00", "renewed 52500 2016-05-15T07:00/2016-05-22T07:00"],
     dict(reserved_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=28000, excess_of_holds=24500)),
    # Clocks go forward on 27 March: from 7:00 of winter time to 2:00 of summer time, renewed at 9 of summer time.
    ("1 2016-03-25 90 7 1 0 SC NoDeposit 50 0 0 Check-Out 2016-04-01",
     ["placed 59500 2016-03-24T06:00/2016-03-27T07:00", "renewed 59500 2016-03-27T07:00/2016-03-30T07:00",
      "renewed 59500 2016-03-30T07:00/2016-04-04T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=3, authorisations=3, renewals=2, due_of_stays=35000, excess_of_holds=24500)),
    # No night: one is held.
    ("1 2016-05-10 0 0 1 0 SC NoDeposit 0 0 2 Check-Out 2016-05-10", ["placed 3500 2016-05-10T06:00/2016-05-17T06:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=700, excess_of_holds=2800)),
    # Two days longer than booked: so many nights are held, and those booked are charged.
    ("1 2016-05-10 90 3 1 0 SC NoDeposit 50 0 0 Check-Out 2016-05-15",
     ["placed 42500 2016-05-09T05:00/2016-05-12T07:00", "renewed 42500 2016-05-12T07:00/2016-05-17T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=15000, excess_of_holds=27500)),
    # Gone before the booked arrival: come and gone on that day.
    ("1 2016-05-10 90 3 1 0 SC NoDeposit 50 0 0 Check-Out 2016-05-08", ["placed 42500 2016-05-07T05:00/2016-05-11T23:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=15000, excess_of_holds=27500)),
    # Cancelled before a hold was placed, and five hours after.
    ("1 2016-05-10 30 2 2 0 BB NoDeposit 100 0 0 Canceled 2016-05-08", [], {}),
    ("1 2016-05-10 30 2 2 0 BB NoDeposit 100 0 0 Canceled 2016-05-09", ["placed 27000 2016-05-09T05:00/2016-05-13T23:00"],
     dict(authorisations=1)),
    # A no-show that nobody recorded for a week: the hold ended after 12 May noon, when the stay should have been settled.
    ("1 2016-05-10 90 1 1 0 SC NoDeposit 50 0 0 No-Show 2016-05-17", ["placed 8500 2016-05-09T05:00/2016-05-13T23:00"],
     dict(authorisations=1, holds_expired=1)),
    # Paid at once.
    ("1 2016-05-10 3 2 2 0 BB NonRefund 100 0 0 Check-Out 2016-05-12", [], {}),
)
# One card in ten refuses renewals.
REFUSING_CASES = (
    # The hold ends on 14 May at 1:00, and the guest stays until the 17th.
    ("10 2016-05-10 90 7 1 0 SC NoDeposit 50 1 0 Check-Out 2016-05-17", ["placed 59500 2016-05-09T05:00/2016-05-13T23:00"],
     dict(reserved_stays=1, visa_stays=1, refusing_stays=1, stay_authorisations=1, authorisations=1, uncovered_refusing_stays=1,
          holds_expired=1, holds_not_renewed=1, not_renewed_announced=1, due_of_stays=40600)),
    # Gone before it ends.
    ("10 2016-05-10 90 3 1 0 SC NoDeposit 33.33 0 0 Check-Out 2016-05-13", ["placed 20499 2016-05-09T05:00/2016-05-13T23:00"],
     dict(reserved_stays=1, visa_stays=1, refusing_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=9999,
          excess_of_holds=10500)),
    # Not raised either.
    ("20 2016-05-10 90 2 2 0 HB NoDeposit 50 1 0 Check-Out 2016-05-12", ["placed 17000 2016-05-09T05:00/2016-05-13T23:00"],
     dict(reserved_stays=1, visa_stays=1, refusing_stays=1, stay_authorisations=1, authorisations=1, due_of_stays=23600)),
    # The others are renewed.
    ("11 2016-05-10 90 3 1 0 SC NoDeposit 33.33 0 0 Check-Out 2016-05-13",
     ["placed 20499 2016-05-09T05:00/2016-05-12T07:00", "renewed 20499 2016-05-12T07:00/2016-05-17T01:00"],
     dict(reserved_stays=1, visa_stays=1, stay_authorisations=2, authorisations=2, renewals=1, due_of_stays=9999, excess_of_holds=10500)),
)
ENDS = {"Check-Out": "checked_out", "Canceled": "cancelled", "No-Show": "no_shows"}


def self_test():
    """(failures, how many stays): what is computed here against what is computed by hand."""
    names = [name for name in COLUMNS if name not in ("hotel", "weekend_nights")]

    def booking(text, house):
        words = text.replace("NoDeposit", "No_Deposit").replace("NonRefund", "Non_Refund").split()
        return Booking(dict(zip(names, (word.replace("_", " ") for word in words)), hotel="R", weekend_nights="0"), house)

    failures, count = [], 0
    cover_names = set(COVER_COUNTS + COVER_AMOUNTS) | {"holds_expired"}
    for cases, house in ((MONEY_CASES, House()), (FREE_CASES, House(extras=0))):
        for text, *expected in cases:
            count += 1
            row = booking(text, house)
            result, charged, taxes = settle(row)
            money = {name: value for name, value in (+result).items() if name not in cover_names}
            expected[0] = expected[0] | {ENDS[row.status]: 1}
            if [money, dict(charged), taxes] != expected:
                failures.append(f"{text}\n  expected {expected}\n  computed {[money, dict(charged), taxes]}")
    for cases, house in ((COVER_CASES, House()), (REFUSING_CASES, House(refusing=10))):
        for text, *expected in cases:
            count += 1
            row = booking(text, house)
            result, charged, _ = settle(row)
            made = [hold.describe() for chain in holds(row, charged.total()) for hold in chain] if row.reserved else []
            taken = {"check_outs_from_holds", "check_outs_from_saved_cards"}
            counts = {name: value for name, value in (+result).items() if name in cover_names - taken}
            if [made, counts] != expected:
                failures.append(f"{text}\n  expected {expected}\n  computed {[made, counts]}")
    failures += rules_test() + summary_test(booking)
    return failures, count


def rules_test():
    """What no stay above shows: hours after 18 o'clock, and stays with gaps."""
    failures = []
    day, next_day = date(2016, 5, 10), date(2016, 5, 11)
    just_before = local(day, 18) - timedelta(seconds=1)
    for instant, expected in ((local(day, 18), local(next_day, 9)), (just_before, just_before), (local(day, 0), local(day, 9))):
        if within_hours(instant) != expected:
            failures.append(f"within_hours({instant}): {within_hours(instant)} and not {expected}")

    def hold(first, last):
        return Hold("placed", 1, local(day, first), local(day, last))

    for made, expected in (
        ([hold(8, 12), hold(12, 20)], True), ([hold(8, 20), hold(12, 13)], True), ([hold(8, 12), hold(13, 20)], False),
        ([hold(9, 20)], False), ([hold(8, 19)], False), ([], False),
    ):
        if is_covered(made, local(day, 8), local(day, 20)) != expected:
            failures.append(f"is_covered({[each.describe() for each in made]}) is not {expected}")
    return failures


def summary_test(booking):
    """Comparing and judging summaries."""
    failures = []
    sample = summarise([booking(MONEY_CASES[0][0], House())])
    turned = {**sample, "charged": sample["charged"][::-1], "stripe_fees": None, "more": 1}
    wrong = {**sample, "open": 1, "taxes": [], "charged": sample["charged"] + [{"category": "shop", "amount": 5}]}
    if differences(sample, turned) or len(differences(sample, wrong)) != 6:
        failures.append(f"comparing: {differences(sample, turned)} {differences(sample, wrong)}")
    refusing = House(refusing=10)
    ended = summarise([booking(REFUSING_CASES[0][0], refusing)])
    for summary, house, broken in (
        (sample, House(), 0), (summarise([]), House(), 0), (sample | dict(visa_stays=0), House(), 1),
        # Exactly a quarter of what was due, and a cent more.
        (sample | dict(excess_of_holds=6375), House(), 0), (sample | dict(excess_of_holds=6376), House(), 1),
        (sample | dict(uncovered_stays=1), House(), 1), (sample | dict(holds_not_renewed=1), House(), 1),
        # 5 % of all, and a cent more.
        (sample | dict(check_outs_from_holds=1900, check_outs_from_saved_cards=100), House(), 0),
        (sample | dict(check_outs_from_holds=1900, check_outs_from_saved_cards=101), House(), 1),
        (ended, refusing, 0), (ended | dict(not_renewed_announced=0), refusing, 1),
        (ended | dict(not_renewed_shown_covered=1), refusing, 1), (ended | dict(uncovered_stays=1), refusing, 1),
    ):
        found = [sentence for is_kept, sentence in promises(summary, house) if not is_kept]
        if len(found) != broken:
            failures.append(f"promises: {broken} should be broken, and not {found}")
    return failures


def main():
    parser = argparse.ArgumentParser(description="What importing a file of hotel bookings must come to, from the CSV alone.")
    parser.add_argument("bookings", nargs="?", metavar="BOOKINGS.csv")
    parser.add_argument("--compare", metavar="SUMMARY.json", help="the summary that the import printed with --format json")
    parser.add_argument("--folios", action="store_true", help="one JSON line for each booking instead of the summary")
    parser.add_argument("--promises", action="store_true", help="what is expected of the cover in words instead of the summary")
    parser.add_argument("--extras-per-night", type=amount_option, default=EXTRAS_PER_NIGHT, metavar="AMOUNT", help="as the tenant expects")
    parser.add_argument("--refusing-renewals", type=share_option, metavar="N", help="one card in so many refuses renewals")
    parser.add_argument("--self-test", action="store_true", help="check this script against stays computed by hand")
    options = parser.parse_args()
    if options.self_test:
        failures, count = self_test()
        print("\n".join(failures) if failures else f"All {count} stays come out as computed by hand.")
        return 1 if failures else 0
    if options.bookings is None:
        parser.error("name the file of bookings")
    house = House(options.extras_per_night, options.refusing_renewals)
    try:
        with open(options.bookings, encoding="utf-8-sig", newline="") as file:
            bookings = list(read_bookings(file, house))
            summary = summarise(bookings)
        if options.compare is None:
            if options.promises:
                return tell(summary, house)
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
    if found:
        print("\n".join(found))
        return 1
    print(f"The summary of {summary['bookings']:,} bookings is as expected, to the cent.")
    return tell(printed, house)


def tell(summary, house):
    """Prints what a summary shows of the cover; 1 where that is not as promised."""
    found = promises(summary, house)
    for is_kept, sentence in found:
        print(sentence if is_kept else f"BROKEN: {sentence}")
    return 0 if all(is_kept for is_kept, _ in found) else 1


def amount_option(text):
    try:
        return cents(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def share_option(text):
    if not text.isascii() or not text.isdigit() or not 2 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 2 to 1000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
