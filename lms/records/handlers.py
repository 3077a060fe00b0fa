"""What records hear. Each handler may run twice and acts once."""

from datetime import datetime

from django.utils.translation import override

from lms.journal.models import Entry
from lms.notices.actions import send
from lms.people.models import Person
from lms.records.actions.assign import assign_to_newcomer
from lms.records.models import AssignedPerson, Assignment, Enrolment, TrainingRecord


def tell_assigned(entry: Entry, *, at: datetime) -> None:
    """Those of a new assignment whom the entry names get a notice, if they still have to learn."""
    people = AssignedPerson.objects.standing().filter(
        assignment=entry.payload["assignment"],
        person__in=entry.payload["people"],
        enrolment__state=Enrolment.State.OPEN,
        person__is_active=True,
    )
    for one in people.select_related("person", "assignment__course__current_edition"):
        _tell(one, at)


def follow_posts(entry: Entry, *, at: datetime) -> None:
    """Somebody joined or moved: what stands over their unit becomes theirs."""
    person = Person.objects.filter(pk=entry.about_person).first()
    if person is None or not person.is_active:
        return
    new: list[Assignment] = assign_to_newcomer(person=person, at=at)
    under = AssignedPerson.objects.filter(person=person, assignment__in=new, enrolment__state=Enrolment.State.OPEN)
    for one in under.select_related("person", "assignment__course__current_edition"):
        _tell(one, at)


def tell_completed(entry: Entry, *, at: datetime) -> None:
    """The person reads what the course has brought; no mail, the page they are on says it too."""
    record = TrainingRecord.objects.select_related("person", "edition__course").get(pk=entry.payload["record"])
    course = record.edition.course if record.edition else None
    with override(record.person.language):
        account = str(record.get_account_display())
    send(
        "course_completed",
        to=record.person,
        context={
            "course": record.title,
            "course_uuid": str(course.uuid) if course else "",
            "hours": str(record.hours.normalize()),
            "account": record.account,
            "account_label": account,
        },
        key=f"completed:{record.enrolment_id}",
        at=at,
        mail=False,
    )


def _tell(one: AssignedPerson, at: datetime) -> None:
    course = one.assignment.course
    send(
        "assigned",
        to=one.person,
        context={
            "course": course.current_edition.title if course.current_edition else course.code,
            "course_uuid": str(course.uuid),
            "required": one.required,
            "due_at": one.due_at.isoformat() if one.due_at else None,
        },
        key=f"assigned:{one.assignment_id}:{one.person_id}",
        at=at,
    )
