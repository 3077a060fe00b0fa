"""Which course was assigned to whom and when: the training year of a county company, relative to today. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lms.demo.habits import workday

DEPARTMENTS: Final = ("YL01", "YL02", "YL03", "YL04", "YL05", "YL06", "YL07", "YL08")
STATIONS: Final = ("YL1301", "YL1302", "YL1303")
PRODUCTION: Final = ("YL09", "YL10", "YL11", "YL12", "YL1301", "YL1303")
EVERYBODY: Final = (*DEPARTMENTS, *PRODUCTION, "YL1302")
EVERY_OTHER_YEAR: Final = ("YL02", "YL04", "YL05", "YL07")  # the half of the offices whose turn it is
SERVICE: Final = ("YL11", "YL12", *STATIONS)
LEADS: Final = (
    "substation_lead", "substation_deputy", "distribution_lead", "live_work_lead", "automation_lead", "metering_lead",
    "inspection_lead", "station_head",
)  # fmt: skip
RUNNING: Final = timedelta(days=10)  # a wave of the calendar is left out until it has run so long
SHORT: Final = 3  # months that show the latest waves alone, without the calendar behind them


@dataclass(frozen=True)
class Wave:
    """A course assigned to some units with everything under them, and to the holders of some posts.

    `sittings`: the days of the exam, the last for making it up; none: everybody sits it when ready. `latest`: one of
    those that show what is late today. `again`: another year's or quarter's, learned once more by who has done it.
    """

    course: str
    units: tuple[str, ...]
    assigned: date
    due: date
    reason: str
    positions: tuple[str, ...] = ()
    sittings: tuple[date, ...] = ()
    latest: bool = False
    again: bool = True


def waves(today: date, months: int) -> list[Wave]:
    """Those of the last so many months, in the order of time."""
    chosen = list(_latest(today))
    if months > SHORT:
        start = today - timedelta(days=span(months))
        earlier = [*_a_year_before(today), *(wave for year in (0, 1, 2) for wave in _year(today.year - year))]
        chosen += [wave for wave in earlier if start <= wave.assigned <= today - RUNNING]
    return sorted(chosen, key=lambda wave: (wave.assigned, wave.course))


def span(months: int) -> int:
    """Days that so many months take."""
    return round(months * 30.5)


def _latest(today: date) -> Iterator[Wave]:
    """What everybody who looks at the demo finds: one wave over, one just over, one still running."""
    policy = _ago(today, "P1", EVERYBODY, 84, 24, "全员年度政策课")
    service = _ago(today, "V3", SERVICE, 62, 6, "抢修服务年度培训")
    aid = _ago(today, "S4", PRODUCTION, 38, -16, "触电急救年度培训")
    for wave in (policy, service, aid, _ago(today, "S4", ("YL1302",), 38, 2, "触电急救年度培训")):
        yield Wave(**{**vars(wave), "latest": True})


def _a_year_before(today: date) -> Iterator[Wave]:
    """The same courses a year earlier: what they certified runs out about now."""
    yield _ago(today, "P1", EVERYBODY, 420, 389, "全员年度政策课")
    yield _ago(today, "V3", SERVICE, 415, 371, "抢修服务年度培训")
    first = ("YL0902", "YL0903", "YL11", "YL12", *STATIONS)
    yield _ago(today, "S4", first, 403, 349, "触电急救年度培训（配电、营销）")


def _ago(today: date, course: str, units: tuple[str, ...], assigned: int, due: int, reason: str) -> Wave:
    return Wave(course, units, today - timedelta(days=assigned), today - timedelta(days=due), reason)


def _year(year: int) -> Iterator[Wave]:
    """The calendar of one year."""

    def on(month: int, day: int) -> date:
        return workday(date(year, month, day))

    def by(month: int, day: int) -> date:
        return date(year, month, day)

    yield Wave("P4", EVERYBODY, on(1, 5), by(12, 15), f"{year}年全员年度政策课")
    sittings = (on(3, 16), on(3, 18), on(3, 20), on(4, 9))
    rules = ("YL0901", "YL10", "YL05")
    yield Wave("S1", rules, on(1, 15), by(4, 15), f"{year}年安规年度普考（变电）", sittings=sittings)
    line = ("YL0902", "YL0903", "YL1102", "YL1103", *STATIONS)
    yield Wave("S2", line, on(1, 15), by(3, 31), f"{year}年安规年度培训（配电）")
    yield Wave("S5", (), on(2, 20), by(3, 31), f"{year}年班组长“两票”培训", positions=LEADS)
    for month, last in ((3, by(4, 10)), (9, by(10, 15))):
        yield Wave("V1", ("YL1101",), on(month, 1), last, "营业厅服务测评", positions=("station_clerk",))
    yield Wave("P2", SERVICE, on(4, 15), by(5, 31), "新版《供电营业规则》宣贯")
    heads = ("station_head", "area_manager")
    yield Wave("V2", ("YL11", "YL12"), on(5, 11), by(6, 20), "迎峰度夏前工单处理培训", positions=heads)
    yield Wave("S4", EVERY_OTHER_YEAR, on(6, 1), by(7, 10), "安全生产月触电急救培训（机关）")
    for quarter, (month, last) in enumerate(((1, by(3, 31)), (4, by(6, 30)), (7, by(9, 30)), (10, by(12, 31))), 1):
        yield Wave("P3", EVERYBODY, on(month, 10), last, f"{year}年第{'一二三四'[quarter - 1]}季度形势任务教育")
