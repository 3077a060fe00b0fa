"""The words of ours inside a lesson follow the reader; what a trainer wrote does not."""

from types import SimpleNamespace

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


FILM = SimpleNamespace(file="f1", kind="video", seconds=485, pages=0, bytes=12_000_000)
PLAYER = (
    '<figure data-media="f1"><span>示范</span> <span class="media-facts">视频 · 8:05 · 约 12 MB</span></figure>'
    '<figure data-media="f2"><span class="media-facts">文档 · 4 页 · 约 600 KB</span></figure>'
)


def test_how_long_and_large_a_film_is_follows_the_reader_too() -> None:
    with translation.override("en"):
        shown = for_reader(PLAYER, [FILM])
    assert '<span class="media-facts">Video · 8:05 · about 12 MB</span>' in shown
    assert "文档 · 4 页" in shown  # not known any more: left as it was frozen
    assert "示范" in shown
