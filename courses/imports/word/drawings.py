"""Pictures in a Word file, and everything else that is drawn or embedded, which is named."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.imports.draft import Block, picture
from courses.imports.word.context import Context, quoted
from courses.imports.word.names import NAMESPACES, Element, find, full


def drawing(context: Context, element: Element) -> Iterator[Block]:
    """A `w:drawing`: its pictures; text boxes, charts and shapes are named."""
    about = find(element, ".//wp:docPr")
    name = (about.get("name") or "") if about is not None else ""
    alt = (about.get("descr") or "") if about is not None else ""
    pictures = element.findall(".//pic:pic", NAMESPACES)
    for found in pictures:
        own = find(found, ".//pic:cNvPr")
        described = alt if len(pictures) == 1 or own is None else own.get("descr") or ""
        yield from _picture(context, find(found, ".//a:blip"), name, described)
    if not _text_boxes(context, element) and not pictures:
        _named(context, element, name)


def _named(context: Context, element: Element, name: str) -> None:
    if find(element, ".//c:chart") is not None:
        context.say(_("A chart was left out, please add it as a picture: %(name)s") % {"name": name})
    elif find(element, ".//dgm:relIds") is not None:
        context.say(_("A SmartArt graphic was left out, please add it as a picture: %(name)s") % {"name": name})
    else:
        context.say(_("A drawn shape was left out: %(name)s") % {"name": name})


def _text_boxes(context: Context, element: Element) -> bool:
    boxes = list(element.iter(full("w:txbxContent")))
    for box in boxes:
        context.say(_("A text box was left out: “%(text)s”") % {"text": quoted(box)})
    return bool(boxes)


def _picture(context: Context, blip: Element | None, name: str, alt: str) -> Iterator[Block]:
    key = blip.get(full("r:embed")) if blip is not None else None
    if key:
        yield from kept(context, key, name, alt)
        return
    linked = context.target(blip.get(full("r:link")) or "") if blip is not None else ""
    said = _("A picture that only links to another place was left out: %(name)s")
    context.say(said % {"name": linked.replace("\\", "/").rpartition("/")[2] or name})


def kept(context: Context, key: str, name: str, alt: str) -> Iterator[Block]:
    found = context.blob(key)
    if found is None:
        context.say(_("A picture is missing in the file: %(name)s") % {"name": name})
        return
    file, content = found
    shown = f"{name} ({file})" if name else file
    stored = context.gallery.take(file, content, shown, context.place)
    if stored:
        if not alt.strip():
            context.gallery.missing_alt(shown, context.place)
        yield picture(stored, alt.strip())


def vml(context: Context, element: Element) -> Iterator[Block]:
    """A `w:pict`, as older versions and WPS write it."""
    boxed = _text_boxes(context, element)
    images = list(element.iter(full("v:imagedata")))
    for image in images:
        shape = image.getparent()
        alt, name = shape.get("alt") or "", image.get(full("o:title")) or ""
        yield from kept(context, image.get(full("r:id")) or "", name, alt)
    if not boxed and not images:
        context.say(_("A drawn shape was left out: %(name)s") % {"name": ""})


def is_formula(element: Element) -> bool:
    """Whether an embedded object comes from an equation editor."""
    return _program(element).lower().startswith("equation")


def embedded(context: Context, element: Element) -> None:
    """A `w:object`: a workbook, a package, a film."""
    said = _("An embedded object was left out, please add it as a picture or a document: %(name)s")
    context.say(said % {"name": _program(element) or "?"})


def _program(element: Element) -> str:
    found = find(element, ".//o:OLEObject")
    return (found.get("ProgID") or "") if found is not None else ""
