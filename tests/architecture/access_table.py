"""Who may open which address: one line an address and method, to be read by whoever audits access.

    PUBLIC      everybody, without logging in
    LOGIN       everybody who is logged in; the anonymous are sent to the log-in page
    OWN         the learner the thing belongs to; nobody else is told that it exists (404)
    only(…)     the roles named; others 404. `told=…`: these see the thing but may not do this (403 and who can)

The thing behind an address belongs to 谢玉兰, a learner of 城关; "manager" leads 城关, "other manager" 河东. What is
answered to those who may is 200 unless the line says otherwise. A method without a line is refused to everybody.
Nothing here is decided: the table says what must come out, the test knocks at every door as every one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.architecture.world import Who

EVERYBODY = frozenset(Who)
LOGGED_IN = EVERYBODY - {Who.ANONYMOUS}


@dataclass(frozen=True)
class Rule:
    """Who gets `status`, who is told 403; everybody else gets 404, the anonymous the log-in page (`asks`)."""

    allowed: frozenset[Who]
    told: frozenset[Who] = frozenset()
    status: int = 200
    asks: bool = True

    def then(self, status: int) -> "Rule":
        return replace(self, status=status)

    def expected(self, who: Who) -> int:
        if who in self.allowed:
            return self.status
        if who is Who.ANONYMOUS and self.asks:
            return 302
        return 403 if who in self.told else 404


def only(*allowed: Who, told: tuple[Who, ...] = ()) -> Rule:
    return Rule(frozenset(allowed), frozenset(told))


@dataclass(frozen=True)
class Door:
    """One address. `arguments` name things of the world; `data` what is posted (`json` as a JSON body)."""

    name: str
    arguments: tuple[str, ...] = ()
    get: Rule | None = None
    post: Rule | None = None
    query: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    label: str = ""
    sent_home: bool = False  # those who are logged in are redirected

    def __str__(self) -> str:
        return f"{self.name}{self.query}{' ' + self.label if self.label else ''}"


PUBLIC = Rule(EVERYBODY)
LOGIN = Rule(LOGGED_IN)
OWN = only(Who.LEARNER)
NOBODY = only()
WORKS_AT_DESK = Rule(LOGGED_IN - {Who.LEARNER, Who.OTHER_LEARNER, Who.EXTERNAL})
INSIDE = Rule(LOGGED_IN - {Who.EXTERNAL})  # what the company offers to its own people

SEES_RECORDS = only(Who.MANAGER, Who.TRAINING_ADMIN, Who.AUDITOR)
HAS_RECORDS = only(Who.MANAGER, Who.OTHER_MANAGER, Who.TRAINING_ADMIN, Who.OTHER_ADMIN, Who.AUDITOR)
REMINDS = only(Who.MANAGER, Who.OTHER_MANAGER, Who.TRAINING_ADMIN, Who.OTHER_ADMIN, told=(Who.AUDITOR,))
MAY_REMIND = only(Who.MANAGER, Who.TRAINING_ADMIN, told=(Who.AUDITOR,))
CORRECTS = only(Who.TRAINING_ADMIN, told=(Who.MANAGER, Who.AUDITOR))
ASSIGNS = only(Who.TRAINING_ADMIN)
ASSIGNS_SOMEWHERE = only(Who.TRAINING_ADMIN, Who.OTHER_ADMIN)
SEES_PERSON = only(Who.TRAINING_ADMIN, Who.SYSTEM_ADMIN)
SEES_PEOPLE = only(Who.TRAINING_ADMIN, Who.OTHER_ADMIN, Who.SYSTEM_ADMIN)
IMPORTS_PEOPLE = only(Who.TRAINING_ADMIN, Who.OTHER_ADMIN)
OWN_ROSTER = only(Who.TRAINING_ADMIN)
GRANTS = only(Who.SYSTEM_ADMIN, told=(Who.TRAINING_ADMIN,))
SEES_CERTIFICATE = only(Who.TRAINING_ADMIN, Who.AUDITOR)
SEES_CERTIFICATES = only(Who.TRAINING_ADMIN, Who.OTHER_ADMIN, Who.AUDITOR)
OPENS_CERTIFICATE = only(Who.LEARNER, Who.TRAINING_ADMIN, Who.AUDITOR)
SHAPES_CERTIFICATES = only(Who.TRAINING_ADMIN)  # over the whole company
REVOKES = only(Who.TRAINING_ADMIN, told=(Who.AUDITOR,))
EXAMINES = only(Who.EXAMINER)
INVIGILATES = only(Who.EXAMINER, Who.OTHER_MANAGER)  # who was assigned to the session
SEES_PICTURE = only(Who.LEARNER, Who.EXAMINER)
SITS = only(Who.LEARNER, Who.OTHER_LEARNER)  # both learn the course the exam belongs to
UPLOADER = only(Who.TRAINER)

ANSWER = {
    "op_id": "3f2b8f0e-7a44-4c65-9d4e-0c9c3f6b1a11", "seq": 1, "item": 1, "base_version": 0, "payload": [0],
    "holder": "{holder}",
}  # fmt: skip

DOORS: tuple[Door, ...] = (
    # Monitoring
    Door("healthz", get=PUBLIC.then(503)),  # 503 here: no worker beside the tests
    # Accounts
    Door("account_login", get=PUBLIC, post=PUBLIC, sent_home=True),
    Door("account_logout", get=LOGIN, post=LOGIN.then(302)),
    Door("account_change_password", get=LOGIN, post=LOGIN),
    Door("account_relogin", post=PUBLIC.then(400)),
    Door("account_preferences", post=LOGIN.then(302), data={"large_text": "on"}),
    Door("set_language", post=PUBLIC.then(302), data={"language": "en"}),
    # What a phone installs
    Door("portal:manifest", ("language",), get=PUBLIC),
    Door("portal:worker", ("language",), get=PUBLIC),
    Door("portal:offline", ("language",), get=PUBLIC),
    Door("portal:offline_sheet", ("language",), get=PUBLIC),
    # What a learner opens
    Door("portal:home", get=LOGIN),
    Door("portal:catalogue", get=LOGIN),
    Door("portal:course", ("course",), get=INSIDE),
    Door("portal:enrol", ("course",), post=INSIDE.then(302)),
    Door("portal:lesson", ("course", "lesson"), get=INSIDE),
    Door("portal:start", ("course", "lesson"), post=INSIDE, json={}),
    Door("portal:beat", ("course", "lesson"), post=NOBODY, json={"token": "{holder}"}, label="foreign token"),
    Door("portal:check", ("course", "lesson"), post=INSIDE, json={"key": "{self_check}", "choice": [0]}),
    Door("portal:media", ("course", "lesson", "film"), get=INSIDE),
    Door("portal:media_page", ("course", "lesson", "booklet", "one"), get=INSIDE),
    Door("portal:me", get=LOGIN),
    Door("portal:desk", get=WORKS_AT_DESK.then(302)),
    Door("portal:transcript", get=LOGIN),
    Door("notices:inbox", get=LOGIN),
    Door("notices:read_all", post=LOGIN.then(302)),
    Door("notices:open", ("notice",), post=OWN.then(302)),
    Door("news:list", get=LOGIN),
    Door("news:show", ("article",), get=INSIDE),
    Door("news:sign", ("article",), post=INSIDE.then(302), data={"edition": "1"}),
    Door("notices:read_one", ("notice",), post=OWN.then(302)),
    Door("cms:asset", ("asset",), get=LOGIN),
    Door("cms:thumbnail", ("image_file",), get=UPLOADER),
    Door("wagtaildocs_serve", ("document", "document_name"), get=LOGIN),
    # Exams
    Door("exams:list", get=LOGIN),
    Door("exams:notice", ("exam",), get=SITS),
    Door("exams:start", ("exam",), post=SITS.then(302)),
    Door("exams:mock", ("exam",), get=SITS, post=SITS.then(302)),
    Door("exams:sheet", ("attempt",), get=OWN),
    Door("exams:answer", ("attempt",), post=OWN, json=ANSWER),
    Door("exams:leaves", ("attempt",), post=OWN, json={"leaves": []}),
    Door("exams:submit", ("attempt",), post=OWN, json={"holder": "{holder}"}),
    Door("exams:takeover", ("attempt",), post=OWN.then(302)),
    Door("exams:result", ("finished",), get=OWN),
    Door("exams:appeal_send", ("finished",), post=OWN.then(302), data={"reason": "请复核"}),
    Door("exams:media", ("photo",), get=SEES_PICTURE),
    Door("exams:practice", get=LOGIN),
    Door("exams:practice_start", post=LOGIN.then(302), data={"mode": "daily"}),
    Door("exams:practice_run", ("practice_run",), get=OWN.then(302)),
    Door("exams:practice_run", ("practised",), get=OWN, label="finished"),
    Door("exams:practice_item", ("practice_run", "one"), get=OWN, post=OWN.then(302), data={"answer": "0"}),
    Door("exams:practice_item", ("practised", "one"), get=OWN, post=OWN.then(302), label="answered"),
    Door("exams:mistakes", get=LOGIN),
    Door("exams:practice_bank", ("practice_bank",), get=INSIDE),
    Door("exams:levels", ("practice_bank",), get=INSIDE),
    Door("exams:by_heart", ("practice_bank",), get=INSIDE),
    Door("exams:desk", get=EXAMINES),
    Door("exams:create", get=EXAMINES, post=EXAMINES),
    Door("exams:exam", ("exam",), get=EXAMINES),
    Door("exams:sitting_record", ("attempt",), get=EXAMINES),
    Door(
        "exams:decide_late",
        ("finished",),
        post=EXAMINES.then(302),
        data={"verdict": "leave", "answers": "1", "reason": "断网"},
    ),
    Door("exams:sessions", ("exam",), get=EXAMINES, post=EXAMINES, data={"name": ""}),
    Door("exams:session", ("exam_session",), get=EXAMINES),
    Door("exams:session_change", ("exam_session",), get=EXAMINES, post=EXAMINES, data={"name": ""}),
    Door("exams:session_cancel", ("exam_session",), post=EXAMINES.then(302), data={"reason": "停电"}),
    Door("exams:seat_people", ("exam_session",), post=EXAMINES, data={"numbers": "nobody"}),
    Door("exams:vacate", ("exam_session", "seat"), post=EXAMINES.then(302)),
    Door("exams:extra_time", ("exam_session", "seat"), post=EXAMINES.then(302), data={"minutes": "5", "reason": "伤"}),
    Door("exams:defer", ("session_exam",), get=OWN, post=OWN.then(302), data={"reason": "illness"}),
    Door("exams:deferrals", ("session_exam",), get=EXAMINES),
    Door(
        "exams:decide_deferral",
        ("session_exam", "deferral"),
        post=EXAMINES.then(302),
        data={"approve": "1", "answer": "同意"},
    ),
    Door(
        "exams:make_up", ("exam",), get=EXAMINES, post=EXAMINES.then(302), data={"title": "补考", "max_attempts": "1"}
    ),
    Door("exams:entrants", ("make_up",), get=EXAMINES, post=EXAMINES, data={"numbers": "nobody", "why": "absent"}),
    Door("exams:take_off_list", ("make_up", "entrant"), post=EXAMINES.then(302)),
    Door("exams:my_ranking", ("contest",), get=SITS),
    Door("exams:contest_teams", ("contest",), get=EXAMINES, post=EXAMINES),
    Door("exams:contest_ranking", ("contest",), get=EXAMINES),
    Door("exams:contest_board", ("contest",), get=EXAMINES),
    Door("exams:board", ("exam_session",), get=INVIGILATES),
    Door("exams:seat", ("exam_session", "seat"), get=INVIGILATES, post=INVIGILATES.then(302)),
    Door("exams:invigilating", get=LOGIN),
    Door("exams:change", ("session_exam",), get=EXAMINES, post=EXAMINES),
    Door("exams:not_sat", ("exam",), get=EXAMINES),
    Door("exams:papers", ("paper_exam",), get=EXAMINES),
    Door("exams:take_out", ("paper_exam", "paper_label"), post=EXAMINES, data={"format": "docx"}),
    Door("exams:replace_item", ("paper_exam", "paper_label", "paper_position"), post=EXAMINES.then(302)),
    Door("exams:reopen", ("exam",), post=EXAMINES.then(302), data={"enrolment": "{exam_enrolment}", "reason": "断电"}),
    Door("exams:assess", ("practical_exam",), get=EXAMINES),
    Door("exams:assess_begin", ("practical_exam", "practical_enrolment"), post=EXAMINES.then(302)),
    Door("exams:assess_one", ("practical_exam", "practical"), get=EXAMINES, post=EXAMINES),
    Door("exams:corrections", ("exam",), get=EXAMINES),
    Door("exams:correct", ("exam", "asked_version"), get=EXAMINES, post=EXAMINES),
    Door("exams:correction", ("exam", "correction"), get=EXAMINES),
    Door("exams:decide_pass", ("exam", "score_change"), post=EXAMINES.then(302), data={"keep": "1", "reason": "核"}),
    Door("exams:appeals", get=EXAMINES),
    Door(
        "exams:appeal",
        ("appeal",),
        get=EXAMINES,
        post=EXAMINES.then(302),
        data={"verdict": "decline", "answer": "无误"},
    ),
    Door("exams:marking", get=EXAMINES),
    Door("exams:marking_exam", ("essay_exam",), get=EXAMINES),
    Door("exams:marking_next", ("essay_exam", "essay_question"), post=EXAMINES.then(302)),
    Door("exams:marking_answer", ("essay",), get=EXAMINES, post=EXAMINES.then(302), data={"points-0": "1"}),
    Door("exams:analysis", ("exam",), get=EXAMINES, post=EXAMINES.then(302), data={"which": "first"}),
    Door("exams:analysed_item", ("exam", "one"), get=EXAMINES),
    Door("exams:misread", ("exam",), get=EXAMINES),
    Door("exams:analysis_export", ("exam",), get=EXAMINES),
    Door("exams:banks", get=EXAMINES),
    Door("exams:bank", ("bank",), get=EXAMINES),
    Door("exams:outdated", get=EXAMINES),
    Door("exams:bulk", ("bank",), post=EXAMINES, data={"question": "{question}"}),
    Door("exams:similar", ("bank",), get=EXAMINES, post=EXAMINES.then(302)),
    Door(
        "exams:similar_decide",
        ("bank",),
        post=EXAMINES.then(302),
        data={"decision": "keep", "one": "{question}", "other": "{other_question}"},
    ),
    Door("exams:declare_edition", post=EXAMINES.then(302), data={"document": "《无》", "edition": "1"}),
    Door("exams:confirm_unchanged", post=EXAMINES.then(302), data={"why": "edition", "document": "《无》"}),
    Door("exams:question", ("question",), get=EXAMINES),
    Door("exams:question_new", ("bank",), get=EXAMINES, post=EXAMINES),
    Door("exams:question_edit", ("question",), get=EXAMINES, post=EXAMINES),
    Door("exams:question_step", ("question",), post=EXAMINES.then(302), data={"step": "recheck", "reason": "换版"}),
    Door("exams:export", ("bank",), get=EXAMINES, post=EXAMINES),
    Door("exams:open_for_practice", ("bank",), post=EXAMINES.then(302), data={"open": "yes"}),
    Door("exams:import", get=EXAMINES, post=EXAMINES),
    Door("exams:import_preview", ("upload",), get=EXAMINES),
    Door("exams:import_decide", ("upload",), post=EXAMINES.then(302), data={"every": "take"}),
    Door("exams:import_confirm", ("upload",), post=EXAMINES.then(302)),
    Door("exams:template", get=EXAMINES),
    # Certificates
    Door("certificates:mine", get=LOGIN),
    Door("certificates:show", ("certificate",), get=OWN),
    Door("certificates:pdf", ("certificate",), get=OPENS_CERTIFICATE),
    Door("certificates:png", ("certificate",), get=OPENS_CERTIFICATE),
    Door("certificates:qr", ("certificate",), get=OPENS_CERTIFICATE),
    Door("certificates:verify", ("code",), get=PUBLIC),
    Door("certificates:desk", get=SEES_CERTIFICATES),
    Door("certificates:desk_show", ("certificate",), get=SEES_CERTIFICATE),
    Door("certificates:revoke", ("certificate",), post=REVOKES.then(302), data={"reason": "有误"}),
    Door("certificates:again", ("certificate",), post=REVOKES.then(302)),
    Door("certificates:templates", get=SHAPES_CERTIFICATES),
    Door("certificates:template_new", get=SHAPES_CERTIFICATES, post=SHAPES_CERTIFICATES.then(422), data={"name": "x"}),
    Door(
        "certificates:template",
        ("template_key",),
        get=SHAPES_CERTIFICATES,
        post=SHAPES_CERTIFICATES.then(422),
        data={"name": "x"},
    ),
    # The manager's desk
    Door("reports:completion", get=HAS_RECORDS),
    Door("reports:completion", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:people", get=HAS_RECORDS),
    Door("reports:people", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:pressing", get=HAS_RECORDS),
    Door("reports:pressing", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:trend", get=HAS_RECORDS),
    Door("reports:trend", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:grid", get=HAS_RECORDS),
    Door("reports:grid", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:saved", get=HAS_RECORDS, post=HAS_RECORDS.then(422), data={"name": ""}),
    Door("reports:delete_saved", ("saved_filter",), post=only(Who.TRAINING_ADMIN).then(302)),
    Door("reports:paper", get=HAS_RECORDS),
    Door("reports:paper", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:export", get=HAS_RECORDS),
    Door("reports:export", get=SEES_RECORDS, query="?unit=CG"),
    Door("reports:remind_overdue", post=REMINDS.then(302)),
    Door("reports:remind", ("person",), post=MAY_REMIND.then(302)),
    Door("news:desk", get=HAS_RECORDS),
    Door("news:board", ("article",), get=HAS_RECORDS),
    Door("news:remind", ("article",), post=REMINDS.then(302)),
    # Assignments and records
    Door("records:assignments", get=ASSIGNS_SOMEWHERE),
    Door("records:assign", get=ASSIGNS_SOMEWHERE, post=ASSIGNS_SOMEWHERE.then(422), data={"reason": "x"}),
    Door("records:assignment", ("assignment",), get=ASSIGNS),
    Door("records:withdraw", ("assignment",), post=ASSIGNS.then(302)),
    Door("records:records", get=HAS_RECORDS),
    Door("records:records", get=SEES_RECORDS, query="?person={person}"),
    Door("records:correct", ("record",), get=CORRECTS, post=CORRECTS.then(302), data={"hours": "0.5", "reason": "误"}),
    # People
    Door("people:index", get=SEES_PEOPLE),
    Door("people:person", ("person",), get=SEES_PERSON),
    Door("people:issue_password", ("person",), post=SEES_PERSON),
    Door("people:unlock", ("person",), post=SEES_PERSON.then(302)),
    Door("people:deactivate", ("person",), post=SEES_PERSON.then(302)),
    Door("people:reactivate", ("person",), post=SEES_PERSON.then(302)),
    Door("people:end_sessions", ("person",), post=SEES_PERSON.then(302)),
    Door("people:grant_role", ("person",), post=GRANTS.then(302), data={"role": "manager", "unit": "CG"}),
    Door("people:revoke_role", ("manager", "grant"), post=GRANTS.then(302)),
    Door("people:roster_read", get=IMPORTS_PEOPLE, post=IMPORTS_PEOPLE),
    Door("people:roster", ("roster",), get=OWN_ROSTER),
    Door("people:roster_decide", ("roster",), post=OWN_ROSTER.then(302), data={"every": "leave"}),
    Door("people:roster_apply", ("roster",), post=OWN_ROSTER.then(302)),
)

# The content desk is Wagtail's: about 200 addresses, by namespace. "" are those without one.

ENTERS = (Who.TRAINER, Who.SECOND_TRAINER, Who.REVIEWER, Who.COMPLIANCE)
"""Who gets into the content desk at all. Everybody else: 404, wherever they knock; the anonymous: log in."""

CLOSED_SPACES: frozenset[str] = frozenset(
    {
        "wagtailadmin_collections", "wagtailadmin_workflows", "wagtailadmin_reports",
        "wagtailsites", "wagtailusers_users", "wagtailusers_groups",
        "wagtailadmin_api:documents", "wagtailadmin_api:images",
    }
)  # fmt: skip
"""404 for everybody, whoever they are and whether logged in or not."""

CLOSED_DOORS: frozenset[str] = frozenset(
    {
        "wagtailadmin_api:pages:find", "wagtailadmin_api:pages:action", "wagtailadmin_error_test",
        "wagtail_bulk_action", "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_password_reset", "wagtailadmin_password_reset_done", "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete", "wagtailadmin_pages:type_use", "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:choose_parent", "wagtailadmin_pages:set_privacy", "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:lock", "wagtailimages:url_generator", "wagtailimages:url_generator_output",
        "cms/test404/", "cms/^.*/$",
    }
)  # fmt: skip
"""404 for everybody, within namespaces that are otherwise open."""

WORKS: frozenset[str] = frozenset(
    {
        "wagtailadmin_pages", "courses_desk", "wagtailadmin_explore", "wagtailadmin_explore_results",
        "wagtailadmin_choose_page_child", "wagtailadmin_api:pages:detail",
    }
)  # fmt: skip
"""Addresses that name a page: the trainer's draft is there for its trainer, and for nobody else."""

UPLOADS: frozenset[str] = frozenset(
    {
        "wagtailimages", "wagtaildocs", "wagtailimages_chooser", "wagtaildocs_chooser",
        "media_video", "media_audio", "media_captions", "media_document",
    }
)  # fmt: skip
"""Addresses that name an image, a document or a film: there for its uploader, for nobody else."""

SCREENS: frozenset[str] = frozenset(
    {
        "wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link", "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview", "wagtailadmin_api:pages:listing", "wagtailadmin_editing_sessions",
    }
)  # fmt: skip
"""Screens that name nothing: for everybody who gets in, each showing only what is theirs (tests/cms)."""

ASSETS: frozenset[str] = frozenset(
    {
        "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_logout", "wagtailadmin_login",
        "wagtailadmin_account", "cms/login/", "cms/logout/", "cms/account/",
    }
)  # fmt: skip
"""Icons and texts of the screens, ways to log in and to 我的: they hold nothing."""
