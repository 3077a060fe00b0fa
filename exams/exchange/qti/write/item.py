"""A question as an item."""

from fractions import Fraction

from exams.exchange.qti.numbers import decimal
from exams.exchange.qti.tree import Node, joined, node
from exams.exchange.qti.write.dialects import XSI, Dialect
from exams.exchange.qti.write.draft import FEEDBACK, SCORE, Draft
from exams.exchange.qti.write.types import body

EXPLANATION = "EXPLANATION"
TITLE = 60  # characters of the stem that name an item without a title


def item(draft: Draft, identifier: str) -> Node:
    """The tree of a whole item. Raises Unlike for a type that QTI has nothing like."""
    question = draft.question
    shown = body(draft, question.type, question.stem, question.content, question.key)
    if question.explanation:
        hidden = {"outcomeIdentifier": EXPLANATION, "identifier": "none", "showHide": "hide"}
        draft.modal.append(Node("modalFeedback", hidden, draft.block(question.explanation)))
    return Node(
        "assessmentItem",
        {
            "xmlns": draft.dialect.space,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{draft.dialect.space} {draft.dialect.location}",
            "identifier": identifier,
            "title": question.title or joined([draft.words(question.stem)])[:TITLE] or identifier,
            "adaptive": "false",
            "timeDependent": "false",
        },
        [
            *draft.declared,
            *_outcomes(draft),
            node("itemBody", *shown, *draft.rubrics),
            *_processing(draft, draft.dialect),
            *draft.modal,
        ],
    )


def _outcomes(draft: Draft) -> list[Node]:
    by_hand = {"externalScored": "human"} if draft.by_hand and not draft.rules else {}
    zero, one = (node("defaultValue", node("value", value)) for value in ("0", "1"))
    found = [
        Node(
            "outcomeDeclaration",
            {"identifier": SCORE, "cardinality": "single", "baseType": "float", **by_hand},
            [zero],
        ),
        node("outcomeDeclaration", one, identifier="MAXSCORE", cardinality="single", baseType="float"),
    ]
    if draft.told:
        found.append(node("outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier"))
    if draft.question.explanation:
        found.append(node("outcomeDeclaration", identifier=EXPLANATION, cardinality="single", baseType="identifier"))
    return found if draft.declared else found[2:]


def _processing(draft: Draft, dialect: Dialect) -> list[Node]:
    if not draft.rules:
        return []
    if draft.template and not draft.told:
        return [node("responseProcessing", template=dialect.template(draft.template))]
    rules = [rule for _weight, each in draft.rules for rule in each]
    whole = sum((weight for weight, _rules in draft.rules), Fraction(0))
    if whole != 1:
        share = node("divide", node("variable", identifier=SCORE), node("baseValue", decimal(whole), baseType="float"))
        rules.append(node("setOutcomeValue", share, identifier=SCORE))
    if draft.told:
        chosen = node("multiple", *(node("variable", identifier=each) for each in draft.told))
        rules.append(node("setOutcomeValue", chosen, identifier=FEEDBACK))
    return [node("responseProcessing", *rules)]
