"""Addresses of exams: for takers under /exams/, for examiners under /desk/."""

from django.urls import path, register_converter

from exams.views import (
    analysis,
    appeals,
    assessing,
    corrections,
    desk,
    marking,
    media,
    papers,
    question,
    question_exports,
    question_form,
    question_imports,
    questions,
    sitting,
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
    path("exams/<uuid:exam>/", taker.notice, name="notice"),
    path("exams/<uuid:exam>/start/", sitting.start, name="start"),
    path("exams/sitting/<uuid:attempt>/", sitting.sheet, name="sheet"),
    path("exams/sitting/<uuid:attempt>/answer/", sitting.answer, name="answer"),
    path("exams/sitting/<uuid:attempt>/submit/", sitting.submit, name="submit"),
    path("exams/sitting/<uuid:attempt>/takeover/", sitting.takeover, name="takeover"),
    path("exams/result/<uuid:attempt>/", taker.result, name="result"),
    path("exams/result/<uuid:attempt>/review/", appeals.send, name="appeal_send"),
    path("exams/media/<sha256:sha256>/", media.medium, name="media"),
    path("desk/exams/", desk.exam_list, name="desk"),
    path("desk/exams/new/", desk.create, name="create"),
    path("desk/exams/<uuid:exam>/", desk.exam, name="exam"),
    path("desk/exams/<uuid:exam>/not-sat/", desk.not_sat, name="not_sat"),
    path("desk/exams/<uuid:exam>/papers/", papers.papers, name="papers"),
    path("desk/exams/<uuid:exam>/papers/<str:label>/", papers.take_out, name="take_out"),
    path("desk/exams/<uuid:exam>/papers/<str:label>/<int:position>/replace/", papers.replace, name="replace_item"),
    path("desk/exams/<uuid:exam>/reopen/", desk.reopen, name="reopen"),
    path("desk/exams/<uuid:exam>/assess/", assessing.people, name="assess"),
    path("desk/exams/<uuid:exam>/assess/<uuid:enrolment>/begin/", assessing.begin, name="assess_begin"),
    path("desk/exams/<uuid:exam>/assess/<uuid:attempt>/", assessing.sheet, name="assess_one"),
    path("desk/exams/<uuid:exam>/corrections/", corrections.overview, name="corrections"),
    path("desk/exams/<uuid:exam>/corrections/questions/<int:version>/", corrections.correct, name="correct"),
    path("desk/exams/<uuid:exam>/corrections/<uuid:correction>/", corrections.correction, name="correction"),
    path("desk/exams/<uuid:exam>/passes/<uuid:change>/decide/", corrections.decide, name="decide_pass"),
    path("desk/reviews/", appeals.appeal_list, name="appeals"),
    path("desk/reviews/<uuid:appeal>/", appeals.appeal, name="appeal"),
    path("desk/marking/", marking.exam_list, name="marking"),
    path("desk/marking/<uuid:exam>/", marking.question_list, name="marking_exam"),
    path("desk/marking/<uuid:exam>/<uuid:question>/next/", marking.take_next, name="marking_next"),
    path("desk/marking/answers/<int:item>/", marking.answer, name="marking_answer"),
    path("desk/exams/<uuid:exam>/analysis/", analysis.analysis, name="analysis"),
    path("desk/exams/<uuid:exam>/analysis/<int:number>/", analysis.item, name="analysed_item"),
    path("desk/exams/<uuid:exam>/analysis/misread/", analysis.misread, name="misread"),
    path("desk/exams/<uuid:exam>/analysis.xlsx", analysis.export, name="analysis_export"),
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
]
