import { Medium } from "./medium.js";
import { filled } from "./text.js";

/** A document, one page at a time. */
export class Reader extends Medium {
  get playing() { return false; }

  get free() { return true; }

  pause() {}

  open() {
    if (this.opened) return;
    this.opened = true;
    this.addControls("pages");
    this.image = document.createElement("img");
    this.screen.textContent = "";
    this.screen.append(this.image);
    this.screen.tabIndex = 0; // it scrolls when enlarged
    this.part("previous").addEventListener("click", () => this.turn(-1));
    this.part("next").addEventListener("click", () => this.turn(1));
    this.part("zoom").addEventListener("click", (event) => {
      const large = this.screen.classList.toggle("is-large");
      event.currentTarget.setAttribute("aria-pressed", String(large));
    });
    this.part("download").href = this.address;
    this.image.addEventListener("load", () => this.seen());
    this.image.addEventListener("error", () => { this.part("note").textContent = this.controls.dataset.failed; });
    this.at = Math.max(1, Math.round(this.at));
    this.turn(0);
    this.part("next").focus({ preventScroll: true });
  }

  turn(by) {
    this.at = Math.min(this.length, Math.max(1, this.at + by));
    const text = filled(this.part("page").dataset.text, { page: this.at, pages: this.length });
    this.part("page").textContent = text;
    this.part("note").textContent = "";
    this.image.alt = text;
    this.image.src = `${this.address}${this.at}/`;
    this.screen.scrollTop = 0;
    this.part("previous").disabled = this.at <= 1;
    this.part("next").disabled = this.at >= this.length;
  }

  /** A page counts once it is there to be read. */
  seen() {
    if (this.at > this.reached + 1) return;
    this.reached = Math.max(this.reached, this.at);
    if (this.reached >= this.length) this.soon();
  }
}
