/**
 * Videos, recordings and documents of a lesson: [data-media] figures, controls from template [data-media-controls]. Nothing
 * is loaded before the tap. What was seen is told to the server, which decides; until all of it was seen, nobody skips ahead.
 */
import { filled } from "./text.js";

const SPEEDS = [1, 1.25, 1.5];
const SLACK = 0.5;
const LONGEST_STEP = 2;

export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** What both kinds have in common: how far the server says it was seen (`confirmed`), how far it was here (`reached`). */
class Medium {
  constructor(figure, { url, controls, soon }) {
    Object.assign(this, { figure, url, controls, soon, confirmed: 0, reached: 0, at: 0, done: false, opened: false });
    this.file = figure.dataset.media;
    this.length = Number(figure.dataset.length);
    this.screen = figure.querySelector("[data-media-screen]");
    this.opener = figure.querySelector("[data-media-open]");
    this.opener.addEventListener("click", () => this.open());
  }

  get address() { return `${this.url}${this.file}/`; }

  part(name) { return this.figure.querySelector(`[data-media-${name}]`); }

  addControls(name) {
    this.figure.append(this.controls.content.querySelector(`[data-media-${name}]`).cloneNode(true));
  }

  stands({ reached, at, done }) {
    this.confirmed = reached;
    this.done = done;
    this.reached = Math.max(this.reached, reached);
    if (!this.opened) this.at = at;
  }

  report() {
    if (!this.opened) return null;
    return { spans: this.reached > this.confirmed ? [[this.confirmed, this.reached]] : [], at: this.at };
  }
}

/** A video or a recording over the browser's own player. */
export class Player extends Medium {
  get playing() { return Boolean(this.player) && !this.player.paused && !this.player.ended; }

  get free() { return this.done || this.reached >= this.length - 1; }

  open() {
    if (this.opened) return;
    this.opened = true;
    const player = document.createElement(this.figure.dataset.kind === "audio" ? "audio" : "video");
    ["playsinline", "webkit-playsinline", "x5-playsinline"].forEach((name) => player.setAttribute(name, ""));
    player.setAttribute("x5-video-player-type", "h5");
    player.preload = "metadata";
    this.player = player;
    this.screen.textContent = "";
    this.screen.append(player);
    this.addControls("bar");
    this.listen();
    if (this.figure.dataset.captions) this.addCaptions();
    player.src = this.address;
    this.play();
    this.part("play").focus({ preventScroll: true });
  }

  listen() {
    const { player } = this;
    player.addEventListener("loadedmetadata", () => {
      if (this.at > 1 && this.at < player.duration - 2) player.currentTime = this.at;
    });
    player.addEventListener("timeupdate", () => this.moved());
    player.addEventListener("seeking", () => this.seeking());
    player.addEventListener("seeked", () => { this.last = player.currentTime; });
    player.addEventListener("error", () => this.say("failed"));
    player.addEventListener("ended", () => { this.moved(); this.soon(); });
    ["play", "pause", "ended"].forEach((name) => player.addEventListener(name, () => this.showState()));
    player.addEventListener("click", () => this.toggle());
    this.part("play").addEventListener("click", () => this.toggle());
    this.part("speed").addEventListener("click", () => this.nextSpeed());
    this.part("seek").addEventListener("input", (event) => this.goTo(Number(event.target.value)));
    this.prepareFullScreen();
    this.showState();
    this.moved();
  }

  goTo(wanted) {
    const allowed = this.free ? wanted : Math.min(wanted, this.reached);
    this.player.currentTime = allowed;
    if (wanted > allowed + SLACK) this.say("ahead");
  }

  toggle() { if (this.playing) this.player.pause(); else this.play(); }

  play() {
    const started = this.player.play();
    if (started) started.catch(() => this.showState());
  }

  pause() { if (this.player) this.player.pause(); }

  /** Time that passed in small steps while playing was seen; a leap was not. */
  moved() {
    const now = this.player.currentTime;
    const step = now - (this.last === undefined ? now : this.last);
    if (!this.player.seeking && step > 0 && step < LONGEST_STEP && now > this.reached && now - step <= this.reached + SLACK) {
      this.reached = Math.min(now, this.length);
    }
    if (!this.player.seeking) this.last = now;
    this.at = Math.min(now, this.reached);
    this.showTime(now);
  }

  /** Forward beyond what was seen is undone, whoever asked for it: our slider, a headset, the full screen's own. */
  seeking() {
    if (this.free || this.player.currentTime <= this.reached + SLACK) return;
    this.goTo(this.player.currentTime);
  }

  showTime(now) {
    const total = this.player.duration || this.length;
    const seek = this.part("seek");
    seek.max = total;
    seek.value = now;
    seek.setAttribute("aria-valuetext", clockText(now));
    this.part("time").textContent = `${clockText(now)} / ${clockText(total)}`;
  }

  showState() {
    const button = this.part("play");
    const { playing } = this;
    button.classList.toggle("is-playing", playing);
    button.setAttribute("aria-label", playing ? button.dataset.pause : button.dataset.play);
    if (playing) this.say("");
  }

  nextSpeed() {
    const speed = SPEEDS[(SPEEDS.indexOf(this.player.playbackRate) + 1) % SPEEDS.length];
    this.player.playbackRate = speed;
    this.part("speed").textContent = `${speed}×`;
  }

  addCaptions() {
    const track = document.createElement("track");
    Object.assign(track, { kind: "captions", srclang: "zh", src: `${this.url}${this.figure.dataset.captions}/`, default: true });
    track.label = this.part("captions").textContent;
    this.player.append(track);
    const button = this.part("captions");
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = track.track.mode === "showing";
      track.track.mode = shown ? "hidden" : "showing";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }

  prepareFullScreen() {
    const { player } = this;
    const enter = player.requestFullscreen || player.webkitRequestFullscreen || player.webkitEnterFullscreen;
    const button = this.part("full");
    if (this.figure.dataset.kind === "audio" || !enter) return;
    button.hidden = false;
    button.addEventListener("click", () => enter.call(player));
  }

  say(what) { this.part("note").textContent = what ? this.controls.dataset[what] : ""; }
}

/** A document, one page at a time. */
export class Reader extends Medium {
  get playing() { return false; }

  pause() {}

  open() {
    if (this.opened) return;
    this.opened = true;
    this.addControls("pages");
    this.image = document.createElement("img");
    this.screen.textContent = "";
    this.screen.append(this.image);
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

  pause() { this.all.forEach((one) => one.pause()); }

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
