/**
 * Videos, recordings and documents of a lesson: [data-media] figures, controls from template [data-media-controls]. Nothing
 * is loaded before the tap. What was seen is told to the server, which decides; until all of it was seen, nobody skips ahead.
 */
import { Player } from "./player.js";
import { Reader } from "./reader.js";
import { filled } from "./text.js";

export class Media {
  constructor(root, soon) {
    const controls = document.querySelector("[data-media-controls]");
    const facts = { url: root.dataset.mediaUrl, controls, soon };
    const make = (figure) => (figure.dataset.kind === "document" ? new Reader(figure, facts) : new Player(figure, facts));
    this.root = root;
    this.all = Array.from(root.querySelectorAll("[data-media]"), make);
    this.all.forEach((one) => one.opener.addEventListener("click", () => this.alone(one)));
    root.addEventListener("play", (event) => this.alone(this.all.find((one) => one.player === event.target)), true);
  }

  get playing() { return this.all.some((one) => one.playing); }

  /** One voice at a time. */
  alone(one) { this.all.forEach((other) => { if (other !== one) other.pause(); }); }

  pause(unseenOnly = false) { this.all.forEach((one) => { if (!unseenOnly || !one.free) one.pause(); }); }

  report() {
    const told = {};
    this.all.forEach((one) => {
      const seen = one.report();
      if (seen) told[one.file] = seen;
    });
    return told;
  }

  /** What the server says of each; with the lesson done, nothing is held back any more. */
  stands(list, completed) {
    this.all.forEach((one) => {
      const found = list.find((standing) => standing.file === one.file);
      if (found) one.stands(found);
      one.done = one.done || completed;
    });
    list.forEach((standing) => this.showLeft(standing));
  }

  showLeft({ file, left, done }) {
    const line = this.root.querySelector(`[data-todo-media="${file}"]`);
    if (!line) return;
    line.classList.toggle("is-done", done);
    const text = line.querySelector("[data-left]");
    const shown = line.dataset.unit === "pages" ? left : Math.ceil(left / 60);
    text.textContent = done ? "" : filled(text.dataset.left, { n: shown });
  }
}
