"""Addresses of exams: for takers under /exams/, for examiners under /desk/."""

from django.urls import path, register_converter

from exams.views import (
    analysis,
    change,
    deferrals,
    desk,
    invigilation,
    leaves,
    make_ups,
    media,
    papers,
    practice,
    practice_places,
    question,
    question_exports,
    question_form,
    question_imports,
    questions,
    sessions,
    sitting,
    sitting_record,
    taker,
)


class Sha256:
    """A SHA-256 in hexadecimal digits."""

    regex = "[0-9a-f]{64}"
    to_python = to_url = staticmethod(str)


register_converter(Sha256, "sha256")
app_name = "exams"
urlpatterns = [
    path("exams/", taker.exam_list, name="list"),
    path("exams/invigilating/", invigilation.invigilating, name="invigilating"),
    path("exams/<uuid:exam>/", taker.notice, name="notice"),
    path("exams/<uuid:exam>/start/", sitting.start, name="start"),
    path("exams/<uuid:exam>/defer/", deferrals.ask, name="defer"),
    path("exams/sitting/<uuid:attempt>/", sitting.sheet, name="sheet"),
    path("exams/sitting/<uuid:attempt>/answer/", sitting.answer, name="answer"),
    path("exams/sitting/<uuid:attempt>/leaves/", leaves.leaves, name="leaves"),
    path("exams/sitting/<uuid:attempt>/submit/", sitting.submit, name="submit"),
    path("exams/sitting/<uuid:attempt>/takeover/", sitting.takeover, name="takeover"),
    path("exams/result/<uuid:attempt>/", taker.result, name="result"),
    path("exams/media/<sha256:sha256>/", media.medium, name="media"),
    path("practice/", practice_places.hub, name="practice"),
    path("practice/start/", practice.start, name="practice_start"),
    path("practice/run/<uuid:run>/", practice.run, name="practice_run"),
    path("practice/run/<uuid:run>/<int:position>/", practice.item, name="practice_item"),
    path("practice/mistakes/", practice_places.mistakes, name="mistakes"),
    path("practice/banks/<uuid:bank>/", practice_places.bank, name="practice_bank"),
    path("practice/banks/<uuid:bank>/levels/", practice_places.levels, name="levels"),
    path("practice/banks/<uuid:bank>/by-heart/", practice_places.by_heart, name="by_heart"),
    path("desk/exams/", desk.exam_list, name="desk"),
    path("desk/exams/sittings/<uuid:attempt>/", sitting_record.sitting_record, name="sitting_record"),
    path("desk/exams/new/", desk.create, name="create"),
    path("desk/exams/<uuid:exam>/", desk.exam, name="exam"),
    path("desk/exams/<uuid:exam>/change/", change.change, name="change"),
    path("desk/exams/<uuid:exam>/not-sat/", desk.not_sat, name="not_sat"),
    path("desk/exams/<uuid:exam>/papers/", papers.papers, name="papers"),
    path("desk/exams/<uuid:exam>/papers/<str:label>/", papers.take_out, name="take_out"),
    path("desk/exams/<uuid:exam>/papers/<str:label>/<int:position>/replace/", papers.replace, name="replace_item"),
    path("desk/exams/<uuid:exam>/reopen/", desk.reopen, name="reopen"),
    path("desk/exams/<uuid:exam>/analysis/", analysis.analysis, name="analysis"),
    path("desk/exams/<uuid:exam>/analysis/<int:number>/", analysis.item, name="analysed_item"),
    path("desk/exams/<uuid:exam>/analysis/misread/", analysis.misread, name="misread"),
    path("desk/exams/<uuid:exam>/analysis.xlsx", analysis.export, name="analysis_export"),
    path("desk/exams/<uuid:exam>/sessions/", sessions.sessions, name="sessions"),
    path("desk/exams/<uuid:exam>/deferrals/", deferrals.requests, name="deferrals"),
    path("desk/exams/<uuid:exam>/deferrals/<uuid:deferral>/", deferrals.decide, name="decide_deferral"),
    path("desk/exams/<uuid:exam>/make-up/", make_ups.plan, name="make_up"),
    path("desk/exams/<uuid:exam>/list/", make_ups.entrants, name="entrants"),
    path("desk/exams/<uuid:exam>/list/<uuid:enrolment>/", make_ups.take_off, name="take_off_list"),
    path("desk/sessions/<uuid:session>/", sessions.session, name="session"),
    path("desk/sessions/<uuid:session>/seats/", sessions.seat, name="seat_people"),
    path("desk/sessions/<uuid:session>/seats/<uuid:seat>/vacate/", sessions.vacate, name="vacate"),
    path("desk/sessions/<uuid:session>/seats/<uuid:seat>/extra/", sessions.extra, name="extra_time"),
    path("desk/sessions/<uuid:session>/board/", invigilation.live, name="board"),
    path("desk/sessions/<uuid:session>/seats/<uuid:seat>/", invigilation.seat, name="seat"),
    path("desk/questions/", questions.bank_list, name="banks"),
    path("desk/questions/import/", question_imports.upload, name="import"),
    path("desk/questions/import/<uuid:file>/", question_imports.preview, name="import_preview"),
    path("desk/questions/import/<uuid:file>/decide/", question_imports.decide, name="import_decide"),
    path("desk/questions/import/<uuid:file>/confirm/", question_imports.confirm, name="import_confirm"),
    path("desk/questions/template.xlsx", questions.template, name="template"),
    path("desk/questions/<uuid:bank>/export/", question_exports.export, name="export"),
    path("desk/questions/<uuid:bank>/", questions.bank, name="bank"),
    path("desk/questions/one/<uuid:question>/", question.question, name="question"),
    path("desk/questions/one/<uuid:question>/edit/", question_form.edit, name="question_edit"),
    path("desk/questions/<uuid:bank>/new/", question_form.new, name="question_new"),
    path("desk/questions/one/<uuid:question>/step/", question.step, name="question_step"),
    path("desk/questions/<uuid:bank>/practice/", practice_places.opening, name="open_for_practice"),
]
