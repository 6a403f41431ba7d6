"""RS Sehat Nusantara put together: one world of one size and one seed."""

import numpy as np

from crmlab import calendar
from crmlab.datasets.columns import as_dates, text
from crmlab.datasets.draws import Draws
from crmlab.datasets.hospital import (
    attendance,
    bookings,
    care,
    house,
    office,
    patients,
    places,
    planted,
    selling,
    surveys,
    visits,
)


class World:
    """Everything that happens at the hospital, made step by step; every step adds its clean tables.

    Parameters
    ----------
    size : str
        ``"S"``, ``"M"`` or ``"L"``.
    seed : int
    takes : dict of str to int, optional
        By subject, which of its streams to draw from; by default those that the screening chose for the shipped seed.
    """

    def __init__(self, size, seed, takes=None):
        self.size, self.seed, self.scale = size, seed, planted.SCALES[size]
        if takes is None:
            takes = planted.TAKES[size] if seed == planted.SEED else {}
        self.takes = takes
        self.calendar = calendar.days(planted.FIRST_DAY, planted.LAST_DAY)
        self.year_of_day = np.array(self.calendar["year"]) - planted.FIRST_DAY.year
        self.tables = {}

    def draws(self, subject):
        """Open the stream of random numbers of a subject.

        Returns
        -------
        crmlab.datasets.draws.Draws
        """
        return Draws(self.seed, subject, self.takes.get(subject, 0))

    def make_house(self):
        """Make the calendar, the places and the hospital."""
        self.places = places.Places()
        self.house = house.House(self.draws, self.scale)
        self.tables["dates"] = _dates(self.calendar)
        places.build(self)
        house.build(self)

    def make_bookings(self):
        """Let patients book and come again."""
        self.events = bookings.make(self)
        self.people = patients.Patients(self)
        patients.build(self)
        group = self.events.payer_group
        own = self.people.group[self.events.patient] == group
        other = self.house.payer_in(self.draws("bookings.payer"), group)
        self.payer = np.where(own, self.people.payer[self.events.patient], other)
        self.appointments = attendance.give_slots(self)

    def make_attendance(self):
        """Remind, and see who comes."""
        attendance.attend(self)
        attendance.build(self)
        attendance.send_reminders(self)

    def make_visits(self):
        """Examine and bill."""
        self.visits = visits.Visits(self)
        visits.build(self)

    def make_surveys(self):
        """Ask how it was."""
        surveys.ask(self)
        surveys.comment(self)
        surveys.build(self)

    def make_care(self):
        """Settle complaints, and refer."""
        care.complain(self)
        care.refer(self)

    def make_sales(self):
        """Sell check-ups, and renew contracts."""
        selling.offer(self)
        selling.contract(self)

    def make_office(self):
        """Answer the telephone, write, plan, look things up."""
        office.call(self)
        office.write(self)
        office.plan(self)
        office.look_up(self)
        office.poll(self)


def _dates(days):
    kinds = {bool: lambda values: np.array(values), int: lambda values: np.array(values, dtype=np.int32), str: text}
    columns = {"date": as_dates(days["date"])}
    for name, values in days.items():
        if name in ("date", "harbolnas", "pandemic_phase", "payday", "idul_fitri_phase"):
            continue
        columns[name] = kinds[type(values[0])](values)
    return columns
