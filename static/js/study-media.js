/** The study page of a lesson with something to play or leaf through: js/study.js and js/media.js together. */
import { Media } from "./media.js";
import { Study } from "./study.js";

export const TRUST_PLAYING = 600000;

export class StudyWithMedia extends Study {
  constructor(root, replaced) {
    super(root, replaced);
    this.media = new Media(root, () => this.soon());
    this.handAt = this.now();
  }

  touch() {
    super.touch();
    this.handAt = this.now();
  }

  /** Who watches does not touch: for ten minutes a playing film is sign enough that somebody is there. */
  tick(atOnce) {
    if (this.media.playing && this.now() - this.handAt < TRUST_PLAYING) {
      this.touched = true;
      this.touchedAt = this.now();
    }
    super.tick(atOnce);
  }

  told() { return Object.assign(super.told(), { watched: this.media.report() }); }

  show(data) {
    super.show(data);
    if (data.media) this.media.stands(data.media, Boolean(data.completed));
  }

  /** Time out of sight earns nothing, so what was not seen yet waits. */
  visibilityChanged() {
    if (!this.visible) this.media.pause(true);
    super.visibilityChanged();
  }

  enter(mode) {
    super.enter(mode);
    if (mode === "asking" || mode === "idle" || mode === "elsewhere") this.media.pause();
  }
}

const root = document.querySelector("[data-study]");
if (root) new StudyWithMedia(root).begin();
