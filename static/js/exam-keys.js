/** The sheet by keyboard: left and right turn the pages, a digit chooses that option. Whoever types or moves within options is left alone. */
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

function option(question, number) {
  const groups = question.querySelectorAll(".options");
  return groups.length === 1 ? groups[0].querySelectorAll("input")[number - 1] : null;
}

/** turn(steps) shows another question; shown() is the one in view. */
export function keys({ turn, shown }) {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (target.closest(TYPING)) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const chosen = /^[1-9]$/.test(key) && option(shown(), Number(key));
    if (step && target.type !== "radio") turn(step);
    else if (chosen && !chosen.disabled) chosen.click();
    else return;
    event.preventDefault();
  });
}
