/* Areas of a picture: drawn by setting points with pointer or keys, kept as numbers in per cent in the rows below. */
import { filled } from "./text.js";

const STEP = 2;
const FINE = 0.2;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SVG = "http://www.w3.org/2000/svg";
const short = (value) => Math.round(Math.min(100, Math.max(0, value)) * 100) / 100;
const MOVED = 1.5; // per cent that a pointer travels before it draws rather than taps

class Areas {
  constructor(root) {
    Object.assign(this, { root, shape: "rect", points: [], cross: [50, 50], pressed: null });
    this.picture = root.querySelector("[data-draw]");
    this.image = this.picture.querySelector("img");
    this.shapes = root.querySelector("[data-shapes]");
    this.sight = root.querySelector("[data-cross]");
    this.said = root.querySelector("[data-said]");
    this.finish = root.querySelector("[data-finish]");
    this.rows = [...root.querySelectorAll("[data-area]")];
    root.querySelector("[data-tools]").hidden = false;
    this.listen();
    this.draw();
  }

  listen() {
    this.root.querySelectorAll("[data-shape]").forEach((tool) => tool.addEventListener("click", () => this.choose(tool)));
    this.finish.addEventListener("click", () => this.keep());
    this.picture.addEventListener("pointerdown", (event) => { this.pressed = this.at(event); });
    this.picture.addEventListener("pointerup", (event) => this.released(event));
    this.picture.addEventListener("keydown", (event) => this.key(event));
    this.picture.addEventListener("blur", () => { this.sight.hidden = true; });
    this.image.addEventListener("load", () => this.draw());
    this.root.addEventListener("input", () => this.draw());
    this.root.addEventListener("focusin", () => this.draw());
  }

  choose(tool) {
    this.shape = tool.dataset.shape;
    this.root.querySelectorAll("[data-shape]").forEach((each) => each.setAttribute("aria-pressed", String(each === tool)));
    this.points = [];
    this.draw();
    this.picture.focus({ preventScroll: true });
  }

  at(event) {
    const box = this.image.getBoundingClientRect();
    return [short(((event.clientX - box.left) / box.width) * 100), short(((event.clientY - box.top) / box.height) * 100)];
  }

  released(event) {
    const from = this.pressed, to = this.at(event);
    this.pressed = null;
    if (!from) return;
    const far = Math.hypot(to[0] - from[0], to[1] - from[1]) > MOVED;
    if (far && this.shape !== "polygon" && !this.points.length) this.set(from);
    this.set(to);
  }

  key(event) {
    const move = KEYS[event.key], step = event.shiftKey ? FINE : STEP;
    if (move) this.cross = [short(this.cross[0] + move[0] * step), short(this.cross[1] + move[1] * step)];
    else if (event.key === "Enter") this.set(this.cross);
    else if (event.key === "Escape" && this.points.length) this.points = [];
    else return;
    event.preventDefault();
    this.sight.hidden = false;
    Object.assign(this.sight.style, { left: `${this.cross[0]}%`, top: `${this.cross[1]}%` });
    this.draw();
  }

  set(point) {
    this.points.push(point);
    this.tell("point", this.points.length);
    if (this.shape !== "polygon" && this.points.length === 2) this.keep();
    else this.draw();
  }

  /** Writes the area into the row in focus before it, or the first empty one. */
  keep() {
    const numbers = this.numbers();
    const row = this.rows.find((each) => !this.field(each, "numbers").value.trim());
    this.points = [];
    if (!numbers) { this.draw(); return; }
    if (!row) { this.tell("full"); this.draw(); return; }
    this.field(row, "shape").value = this.shape;
    this.field(row, "numbers").value = numbers.map((each) => String(short(each))).join(" ");
    this.tell("set", this.rows.indexOf(row) + 1);
    this.draw();
  }

  /** What the set points mean; null for an area without a size. */
  numbers() {
    const [[x, y] = [], [u, v] = []] = this.points;
    if (this.shape === "polygon") return this.points.length < 3 ? null : this.points.flat();
    if (this.points.length < 2 || x === u && y === v) return null;
    if (this.shape === "circle") return [x, y, Math.hypot(u - x, (v - y) * this.tall())];
    return x === u || y === v ? null : [Math.min(x, u), Math.min(y, v), Math.max(x, u), Math.max(y, v)];
  }

  tall() { return this.image.naturalHeight / this.image.naturalWidth || 1; }

  field(row, name) { return row.querySelector(`[name$="-${name}"]`); }

  tell(what, n = 0) { this.said.textContent = filled(this.said.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`], { n }); }

  draw() {
    this.shapes.replaceChildren(...this.rows.map((row) => this.drawn(row)).filter(Boolean), ...this.now());
    this.finish.hidden = this.shape !== "polygon"; // never comes or goes between two points: the picture would move
    this.finish.disabled = this.points.length < 3;
  }

  drawn(row) {
    const numbers = (this.field(row, "numbers").value.match(/\d+(?:\.\d+)?/g) || []).map(Number);
    const made = this.element(this.field(row, "shape").value, numbers);
    const chosen = row.contains(document.activeElement);
    row.classList.toggle("form-row-chosen", chosen);
    if (made && chosen) made.classList.add("draw-chosen");
    return made;
  }

  now() {
    return this.points.map(([x, y]) => {
      const made = this.element("circle", [x, y, 0.8]);
      made.classList.add("draw-now");
      return made;
    });
  }

  element(shape, numbers) {
    const [a, b, c, d] = numbers;
    if (shape === "rect" && numbers.length === 4) return this.svg("rect", { x: a, y: b, width: Math.max(0, c - a), height: Math.max(0, d - b) });
    if (shape === "circle" && numbers.length === 3) return this.svg("ellipse", { cx: a, cy: b, rx: c, ry: c / this.tall() });
    if (shape !== "polygon" || numbers.length < 6 || numbers.length % 2) return null;
    return this.svg("polygon", { points: numbers.join(" ") });
  }

  svg(name, attributes) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }
}

document.querySelectorAll("[data-areas]").forEach((root) => new Areas(root));
