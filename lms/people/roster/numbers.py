"""Whom a staff number means: spreadsheets drop leading zeros."""

from lms.people.models import Person
from lms.people.roster.known import Known
from lms.people.roster.rows import Row


class Numbers:
    """The numbers of one file beside those of the system."""

    def __init__(self, rows: list[Row], known: Known) -> None:
        self.known = known
        self.fullest: dict[str, str] = {}  # number without zeros → the longest spelling of it in the file
        for row in rows:
            number = row.get("staff_no").upper()
            self.fullest[number.lstrip("0")] = max(number, self.fullest.get(number.lstrip("0"), ""), key=len)

    def person(self, row: Row) -> Person | None:
        """Whom the row is about. Complains about a number that lost its zeros when it is unclear whose it is."""
        number = row.get("staff_no").upper()
        person = self.known.people.get(number)
        if not number or person:
            return person
        bare = number.lstrip("0")
        fuller = self.fullest[bare]
        if fuller != number and (row.numeric or bare in self.known.bare):
            row.complain("staff_no", "lost_zeros", fuller)
            return None
        if row.numeric and self.known.pads and bare not in self.known.bare:
            row.complain("staff_no", "numeric", number)
        return self.known.bare.get(bare)
