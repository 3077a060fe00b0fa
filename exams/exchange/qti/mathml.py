"""Formulas: presentation MathML as what stands between \\( and \\)."""

from collections.abc import Callable

from exams.exchange.qti.tree import Node

SYMBOLS = {
    "×": r"\times ", "÷": r"\div ", "±": r"\pm ", "⋅": r"\cdot ", "·": r"\cdot ", "≤": r"\le ", "≥": r"\ge ",
    "≠": r"\ne ", "≈": r"\approx ", "→": r"\to ", "∞": r"\infty ", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ",
    "−": "-", "∂": r"\partial ", "∆": r"\Delta ", "√": r"\surd ", "°": r"^{\circ}", "∠": r"\angle ", "%": r"\%",
    "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "δ": r"\delta ", "ε": r"\epsilon ", "θ": r"\theta ",
    "λ": r"\lambda ", "μ": r"\mu ", "π": r"\pi ", "ρ": r"\rho ", "σ": r"\sigma ", "τ": r"\tau ", "φ": r"\varphi ",
    "ω": r"\omega ", "Ω": r"\Omega ", "Δ": r"\Delta ", "Σ": r"\Sigma ", "Φ": r"\Phi ", "η": r"\eta ",
    "{": r"\{", "}": r"\}", "#": r"\#", "&": r"\&", "_": r"\_", "\\": r"\backslash ",
    "\u2061": "", "\u2062": "", "\u2063": ",", "\u2064": "",
}  # fmt: skip
ACCENTS = {"¯": "bar", "‾": "overline", "^": "hat", "→": "vec", "˙": "dot", "~": "tilde", "_": "overline"}
PASSED = frozenset({"math", "mrow", "mstyle", "mpadded", "mphantom", "semantics", "menclose", "merror", "mtd"})
DROPPED = frozenset({"annotation", "annotation-xml", "maligngroup", "malignmark", "none", "mprescripts"})


def latex(math: Node) -> str:
    """The formula; "" when it has an element that we cannot write so."""
    try:
        return _written(math).strip()
    except KeyError:
        return ""


def _written(node: Node) -> str:
    if node.name in PASSED:
        return "".join(_written(child) for child in node.nodes())
    if node.name in DROPPED:
        return ""
    return RULES[node.name](node)


def _symbols(node: Node) -> str:
    text = "".join(SYMBOLS.get(character, character) for character in node.text().strip())
    return rf"\mathrm{{{text}}}" if node.name == "mi" and len(text) > 1 and text.isalpha() else text


def _arguments(node: Node, wanted: int) -> list[str]:
    found = [_written(child) for child in node.nodes()]
    if len(found) != wanted:
        raise KeyError(node.name)
    return found


def _filled(pattern: str, wanted: int) -> Callable[[Node], str]:
    return lambda node: pattern % tuple(_arguments(node, wanted))


def _root(node: Node) -> str:
    base, index = _arguments(node, 2)
    return rf"\sqrt[{index}]{{{base}}}"


def _over(node: Node) -> str:
    base, mark = _arguments(node, 2)
    accent = ACCENTS.get(node.nodes()[1].text().strip())
    return rf"\{accent}{{{base}}}" if accent else rf"\overset{{{mark}}}{{{base}}}"


def _fenced(node: Node) -> str:
    inner = (node.get("separators", ",")[:1] or ",").join(_written(child) for child in node.nodes())
    return f"{node.get('open', '(')}{inner}{node.get('close', ')')}"


def _table(node: Node) -> str:
    rows = (" & ".join(_written(cell) for cell in row.nodes("mtd")) for row in node.nodes("mtr", "mlabeledtr"))
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


RULES: dict[str, Callable[[Node], str]] = {
    "mi": _symbols,
    "mn": _symbols,
    "mo": _symbols,
    "ms": _symbols,
    "mtext": lambda node: rf"\text{{{node.text().strip()}}}",
    "mspace": lambda node: r"\ ",
    "mfrac": _filled(r"\frac{%s}{%s}", 2),
    "msqrt": lambda node: rf"\sqrt{{{''.join(_written(child) for child in node.nodes())}}}",
    "mroot": _root,
    "msup": _filled("{%s}^{%s}", 2),
    "msub": _filled("{%s}_{%s}", 2),
    "msubsup": _filled("{%s}_{%s}^{%s}", 3),
    "munder": _filled("{%s}_{%s}", 2),
    "mover": _over,
    "munderover": _filled("{%s}_{%s}^{%s}", 3),
    "mfenced": _fenced,
    "mtable": _table,
}
