/** Marks in a picture, as parts of its width and height to four places. A tap sets one, a tap on it removes it; so do keys. */
import { filled } from "../text.js";

const STEP = 0.02;
const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const short = (value) => Math.round(Math.min(1, Math.max(0, value)) * 10000) / 10000;

class Places {
  constructor(root, changed) {
    Object.assign(this, { root, changed, marks: [], cross: [0.5, 0.5] });
    this.picture = root.querySelector("[data-picture]");
    this.sight = root.querySelector("[data-cross]");
  }

  listen() {
    this.picture.addEventListener("click", (event) => this.tap(event));
    this.picture.addEventListener("keydown", (event) => this.key(event));
    this.picture.addEventListener("blur", () => { this.sight.hidden = true; });
  }

  tap(event) {
    const mark = event.target.closest("[data-mark]");
    if (this.root.closest("fieldset:disabled")) return;
    if (mark) { this.remove(Number(mark.dataset.mark)); return; }
    const box = this.picture.querySelector("img").getBoundingClientRect();
    this.add([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  key(event) {
    if (event.target !== this.picture) return;
    const move = KEYS[event.key];
    if (move) this.cross = [short(this.cross[0] + move[0]), short(this.cross[1] + move[1])];
    else if (event.key === "Enter") this.add(this.cross);
    else return;
    event.preventDefault();
    this.sight.hidden = false;
    this.place(this.sight, this.cross);
  }

  add([x, y]) {
    if (this.marks.length >= Number(this.root.dataset.most)) return;
    this.marks.push([short(x), short(y)]);
    this.draw();
    this.changed();
  }

  remove(n) {
    this.marks.splice(n, 1);
    this.draw();
    this.picture.focus({ preventScroll: true });
    this.changed();
  }

  place(element, [x, y]) { Object.assign(element.style, { left: `${x * 100}%`, top: `${y * 100}%` }); }

  draw() {
    this.picture.querySelectorAll("[data-mark]").forEach((mark) => mark.remove());
    this.marks.forEach((at, n) => {
      const mark = document.createElement("button");
      Object.assign(mark, { type: "button", className: "answer-mark", textContent: String(n + 1) });
      mark.dataset.mark = String(n);
      mark.setAttribute("aria-label", filled(this.root.dataset.textMark, { n: n + 1 }));
      this.place(mark, at);
      this.picture.appendChild(mark);
    });
    const count = this.root.querySelector("[data-count]");
    count.textContent = filled(count.dataset.text, { n: this.marks.length });
  }
}

const known = new WeakMap();

function of(root) {
  if (!known.has(root)) known.set(root, new Places(root, () => {}));
  return known.get(root);
}

export default {
  read: (root) => of(root).marks.map((at) => at.slice()),
  write(root, payload) {
    of(root).marks = (payload || []).map((at) => at.slice());
    of(root).draw();
  },
  begin(root, changed) {
    of(root).changed = changed;
    of(root).draw();
    of(root).listen();
  },
};
