/** Copying, selecting, dragging and the context menu are off on the sheet; what people type themselves stays theirs. */
const OFF = ["copy", "cut", "contextmenu", "selectstart", "dragstart"];

export function guard(root) {
  const stop = (event) => {
    const part = event.target.nodeType === Node.ELEMENT_NODE ? event.target : event.target.parentElement;
    if (!part.closest("input, textarea")) event.preventDefault();
  };
  OFF.forEach((name) => root.addEventListener(name, stop));
}
