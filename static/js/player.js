import { Medium } from "./medium.js";

const SPEEDS = [1, 1.25, 1.5];
const SLACK = 0.5;
const LONGEST_STEP = 2;

export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
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
    this.screen.classList.add("is-open");
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
    this.part("rate").textContent = `${speed}×`;
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
