/** Formulas: \( … \) and \[ … \] in .formula elements become MathML; a browser without MathML keeps the source. */
function source(element) {
  return element.textContent.slice(2, -2);
}

export function draw(root) {
  if (!window.katex || !window.MathMLElement) return;
  root.querySelectorAll(".formula").forEach((element) => {
    const displayMode = element.classList.contains("formula-block");
    window.katex.render(source(element), element, { output: "mathml", displayMode, throwOnError: false, trust: false, maxExpand: 200 });
    element.classList.remove("formula");
  });
}

draw(document);
