"""Who has to sign what, and who has."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from lms.kernel.prepared import Key, Prepared
from lms.news.models import Article, ArticleEdition, Signature
from lms.people.models import OrgUnit, Person, PostAssignment


def signers(edition: ArticleEdition) -> QuerySet[Person]:
    """Everybody who has to sign an edition today: employees with a post in its units, or anywhere."""
    posts = PostAssignment.objects.current()
    paths = list(edition.units.values_list("path", flat=True))
    if paths:
        within = Q()
        for path in paths:
            within |= Q(unit__path__startswith=path)
        posts = posts.filter(within)
    people: QuerySet[Person] = (
        Person.objects.active().on_register().filter(Exists(posts.filter(person=OuterRef("pk"))))
    )
    return people


def _counting(article: Article) -> QuerySet[Signature]:
    return Signature.objects.filter(article=article, edition__number__gte=article.signed_from, person=OuterRef("pk"))


def unsigned(people: QuerySet[Person], article: Article) -> QuerySet[Person]:
    return people.filter(~Exists(_counting(article)))


def signature_of(person: Person, article: Article) -> Signature | None:
    """The person's last signature that counts."""
    own = Signature.objects.filter(article=article, person=person, edition__number__gte=article.signed_from)
    return own.order_by("-signed_at").first()


def must_sign(person: Person, article: Article) -> bool:
    edition = article.current_edition
    return edition is not None and edition.must_sign and signers(edition).filter(pk=person.pk).exists()


def _waiting() -> QuerySet[Article]:
    """Articles that ask a person for a signature and have none, the most urgent first."""
    person = Key("person")
    employed = Person.objects.active().on_register().filter(pk=person)
    post = PostAssignment.objects.current().filter(person=person).order_by().values("unit__path")[:1]
    named: Any = ArticleEdition.units.through.objects.filter(articleedition=OuterRef("current_edition")).order_by()
    path = ExpressionWrapper(OuterRef("_path"), CharField())
    inside = named.annotate(_path=path).filter(_path__startswith=F("orgunit__path"))
    signed = Signature.objects.filter(
        article=OuterRef("pk"), person=person, edition__number__gte=OuterRef("signed_from")
    ).order_by()
    return (
        Article.objects.shown()
        .filter(Exists(employed), current_edition__must_sign=True)
        .annotate(_path=Subquery(post))
        .filter(~Exists(signed), Q(Exists(inside)) | Q(~Exists(named), _path__isnull=False))
        .select_related("current_edition")
        .order_by("current_edition__sign_by", "published_at")
    )


_WAITING = Prepared(_waiting)


def to_sign(person: Person) -> list[Article]:
    """What waits for the person's signature, in one statement."""
    return _WAITING.all(person=person.pk)


@dataclass(frozen=True)
class Tally:
    """How many have to sign, and how many have."""

    asked: int
    signed: int

    @property
    def open(self) -> int:
        return self.asked - self.signed

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down; 0 where nobody is asked."""
        return 100 * self.signed // self.asked if self.asked else 0


@dataclass(frozen=True)
class UnitTally:
    """The same for the people who work in one unit itself."""

    code: str
    name: str
    tally: Tally


def tally(article: Article, units: QuerySet[OrgUnit]) -> Tally:
    """Over the people whose post lies in one of the units today. One statement beside the article's own units."""
    counted = _signers_in(article, units).aggregate(asked=Count("pk"), signed=Count("pk", filter=Q(_signed=True)))
    return Tally(**counted)


def tallies(article: Article, units: QuerySet[OrgUnit]) -> list[UnitTally]:
    """By unit, the furthest behind first."""
    counted = (
        _signers_in(article, units)
        .order_by()
        .values("_post__unit__code", "_post__unit__name")
        .annotate(asked=Count("pk"), signed=Count("pk", filter=Q(_signed=True)))
    )
    found = [
        UnitTally(row["_post__unit__code"], row["_post__unit__name"], Tally(row["asked"], row["signed"]))
        for row in counted
    ]
    return sorted(found, key=lambda one: (one.tally.percent, one.code))


def open_signers(article: Article, units: QuerySet[OrgUnit]) -> QuerySet[Person]:
    """Those in the units who have not signed, by unit and number; annotated as `unit_name`."""
    people = _signers_in(article, units).filter(_signed=False)
    found: QuerySet[Person] = people.annotate(unit_name=F("_post__unit__name")).order_by(
        "_post__unit__path", "staff_no"
    )
    return found


def _signers_in(article: Article, units: QuerySet[OrgUnit]) -> Any:
    edition = article.current_edition
    if edition is None or not edition.must_sign:
        return Person.objects.none()
    current = FilteredRelation("posts", condition=Q(posts__ends_on=None))
    people: Any = signers(edition).annotate(_post=current)
    return people.filter(_post__unit__in=units).annotate(_signed=Exists(_counting(article)))
