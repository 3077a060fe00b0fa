"""The words of ours inside a lesson follow the reader; what a trainer wrote does not."""

from django.utils import translation

from cms.labels import for_reader

FROZEN = (
    '<div class="callout callout-warning" role="note" aria-label="警示"><p class="callout-title"><svg></svg>警示</p>'
    "<p>警示牌挂在哪里</p></div><button>查看结果</button>"
)


def test_a_reader_of_the_companys_language_gets_it_as_it_was_frozen() -> None:
    assert for_reader(FROZEN) is FROZEN


def test_labels_are_in_the_readers_language_and_the_text_is_not_touched() -> None:
    with translation.override("en"):
        shown = for_reader(FROZEN)
    assert 'aria-label="Warning"' in shown
    assert "</svg>Warning</p>" in shown
    assert "<p>警示牌挂在哪里</p>" in shown
