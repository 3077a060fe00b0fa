/**
 * Study page: tells the server every 15 seconds that the page is visible, asks "are you still studying" after three minutes
 * without a touch, and shows the time the server credits, never its own. Root: [data-study]; markup in templates/components/.
 */
import { close, isOpen, open } from "./dialog.js";
import { postJson } from "./http.js";
import { loggedIn } from "./relogin.js";
import { filled } from "./text.js";

export const BEAT = 15000;
export const IDLE_AFTER = 180000;
export const ANSWER_WITHIN = 60000;
const SOONEST = 3000;

/** Whole minutes: what is done rounds down, what is required rounds up, so that "8 of 8" is never shown too early. */
export function minutes(credited, required) {
  const total = Math.max(1, Math.ceil(required / 60));
  return { done: credited >= required ? total : Math.min(Math.floor(credited / 60), total), total };
}

export class Study {
  /** `post(url, body, keepalive)` resolves to {status, data}; `now` gives milliseconds. Both replaceable in tests. */
  constructor(root, { post = loggedIn(postJson, root.dataset.reloginUrl), now = Date.now } = {}) {
    Object.assign(this, { root, post, now, token: null, mode: "starting", busy: false, endReached: false, touched: true });
    this.touchedAt = now();
    this.beatAt = now();
    this.askedAt = 0;
    this.wait = BEAT;
    this.idleDialog = document.getElementById("study-idle");
    this.idleText = this.idleDialog.querySelector("[data-dialog-text]");
    this.question = this.idleText.textContent;
  }

  find(selector) { return this.root.querySelector(selector); }

  get visible() { return document.visibilityState !== "hidden"; }

  get counting() { return this.mode === "counting" || this.mode === "asking" || this.mode === "offline"; }

  begin() {
    ["pointerdown", "touchstart", "keydown", "wheel", "scroll"].forEach((name) => {
      window.addEventListener(name, () => this.touch(), { passive: true });
    });
    document.addEventListener("visibilitychange", () => this.visibilityChanged());
    window.addEventListener("online", () => this.tick(true));
    this.root.addEventListener("submit", (event) => this.selfCheckSubmitted(event));
    this.find("[data-study-resume]").addEventListener("click", () => this.start());
    this.watchEnd();
    this.timer = setInterval(() => this.tick(false), 1000);
    return this.start();
  }

  watchEnd() {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.endReached = true;
      this.soon();
    });
    observer.observe(this.find("[data-study-end]"));
  }

  position() {
    const range = document.documentElement.scrollHeight - window.innerHeight;
    return range > 0 ? Math.min(1, Math.max(0, window.scrollY / range)) : 1;
  }

  async start() {
    if (this.busy) return;
    this.busy = true;
    const { status, data } = await this.post(this.root.dataset.startUrl, {});
    this.busy = false;
    this.beatAt = this.now();
    if (status !== 200) { this.enter("offline"); return; }
    this.token = data.token;
    this.enter(data.completed ? "completed" : "counting");
    this.show(data);
    this.recall(data.answers || {});
    this.resume(data.position);
  }

  /** Self-checks answered earlier look as they did then; where an explanation stands already, nothing is touched. */
  recall(answers) {
    this.root.querySelectorAll("[data-self-check]").forEach((block) => {
      const given = answers[block.dataset.selfCheck];
      if (!given || !block.querySelector("[data-explanation]").hidden) return;
      block.querySelectorAll("input").forEach((input) => { input.checked = given.choice.indexOf(Number(input.value)) >= 0; });
      this.explain(block, given);
    });
  }

  /** Back to where the reader left off, unless they have moved already. */
  resume(position) {
    if (this.resumed || !(position > 0.03 && position < 0.97) || window.scrollY > 40) return;
    this.resumed = true;
    window.scrollTo(0, position * (document.documentElement.scrollHeight - window.innerHeight));
  }

  touch() {
    this.touched = true;
    this.touchedAt = this.now();
  }

  /** Brings the next beat forward: something happened that may complete the lesson. */
  soon() { this.wait = Math.min(this.wait, SOONEST); }

  tick(atOnce) {
    if (!this.visible || this.mode === "completed") return;
    const now = this.now();
    if (this.mode === "asking" && now - this.askedAt >= ANSWER_WITHIN) this.enter("idle");
    if (this.mode === "counting" && now - this.touchedAt >= IDLE_AFTER) this.ask();
    if (this.counting && (atOnce || now - this.beatAt >= this.wait)) this.beat(true);
  }

  /** What a beat says of the page, besides that it is there. */
  told() { return { position: this.position(), end_reached: this.endReached }; }

  async beat(visible) {
    if (this.busy) return;
    if (!this.token) { await this.start(); return; }
    this.busy = true;
    this.beatAt = this.now();
    this.wait = BEAT;
    const touched = this.touched;
    this.touched = false;
    const body = Object.assign({ token: this.token, touched, visible }, this.told());
    const { status, data } = await this.post(this.root.dataset.beatUrl, body, !visible);
    this.busy = false;
    if (status !== 200) this.touched = this.touched || touched;
    this.answered(status, data);
  }

  answered(status, data) {
    if (status === 200) {
      this.show(data);
      this.follow(data);
    } else if (status === 409) this.enter("elsewhere");
    else if (this.mode === "counting") this.enter("offline");
  }

  follow(data) {
    if (data.completed) this.enter("completed");
    else if (data.state === "paused_elsewhere") this.enter("elsewhere");
    else if (data.state === "idle") this.ask();
    else if (data.state === "capped") this.enter("capped");
    else if (this.mode !== "asking" && this.mode !== "idle") this.enter("counting");
    const left = (data.required_seconds - data.credited_seconds) * 1000;
    if (left > 0 && left < BEAT) this.wait = Math.max(SOONEST, left + 500);
  }

  ask() {
    if (this.mode === "asking" || this.mode === "idle" || isOpen(document.getElementById("relogin"))) return;
    this.askedAt = this.now();
    this.idleText.textContent = this.question;
    this.enter("asking");
    open(this.idleDialog, true).then(() => {
      this.touch();
      if (this.mode !== "asking" && this.mode !== "idle") return;
      this.enter("counting");
      this.beat(true);
    });
  }

  enter(mode) {
    this.mode = mode;
    this.root.dataset.mode = mode;
    const paused = mode === "idle" || mode === "elsewhere";
    const shown = paused ? "paused" : mode;
    this.root.querySelectorAll("[data-study-state]").forEach((part) => { part.hidden = part.dataset.studyState !== shown; });
    this.find("[data-study-elsewhere]").hidden = mode !== "elsewhere";
    if (mode === "idle") this.idleText.textContent = document.querySelector("[data-study-idle-paused]").content.textContent;
    if (mode !== "asking" && mode !== "idle" && isOpen(this.idleDialog)) close(this.idleDialog, "answered");
  }

  visibilityChanged() {
    if (!this.visible) {
      if (this.counting && this.token) this.beat(false);
      return;
    }
    this.beatAt = this.now();
    this.wait = BEAT;
  }

  show(data) {
    if (typeof data.required_seconds === "number") {
      const bar = this.find("[data-study-bar]");
      bar.max = Math.max(1, data.required_seconds);
      bar.value = data.completed ? bar.max : Math.min(data.credited_seconds, data.required_seconds);
      bar.classList.toggle("progress-done", Boolean(data.completed));
      const time = this.find("[data-study-time]");
      time.textContent = filled(time.dataset.text, minutes(data.credited_seconds, data.required_seconds));
    }
    if (data.outstanding) this.showOutstanding(data.outstanding, data.completed);
  }

  showOutstanding(outstanding, completed) {
    const box = this.find("[data-study-outstanding]");
    if (!box) return;
    box.querySelectorAll("[data-todo]").forEach((line) => {
      line.classList.toggle("is-done", outstanding.indexOf(line.dataset.todo) < 0);
    });
    box.querySelector("[data-study-finished]").hidden = !completed;
    box.querySelector("[data-study-todo]").hidden = Boolean(completed);
  }

  async selfCheckSubmitted(event) {
    const block = event.target.closest("[data-self-check]");
    if (!block) return;
    event.preventDefault();
    const choice = Array.from(block.querySelectorAll("input:checked"), (input) => Number(input.value)).sort((a, b) => a - b);
    if (!choice.length) { this.verdict(block, "empty", ""); return; }
    const button = block.querySelector("form button");
    button.disabled = true;
    const { status, data } = await this.post(this.root.dataset.selfCheckUrl, { key: block.dataset.selfCheck, choice });
    button.disabled = false;
    if (status !== 200) { this.verdict(block, "unsent", ""); return; }
    this.explain(block, data);
    this.countSelfChecks(data);
    if (data.outstanding) this.showOutstanding(data.outstanding, data.completed);
    if (data.completed) this.enter("completed");
    this.soon();
  }

  explain(block, data) {
    this.verdict(block, data.correct ? "right" : "wrong", data.explanation || "");
    this.showRight(block, data.correct ? [] : data.right || []);
  }

  /** Names the right options, in words and in the order of the page. */
  showRight(block, right) {
    const labels = Array.from(block.querySelectorAll(".option")).filter((option) => right.indexOf(Number(option.querySelector("input").value)) >= 0);
    const text = document.querySelector("[data-study-right]").content.textContent;
    const line = block.querySelector("[data-right]") || document.createElement("p");
    line.dataset.right = "";
    line.hidden = !labels.length;
    block.querySelector("[data-explanation-text]").before(line);
    line.textContent = filled(text, { answer: labels.map((option) => option.textContent.trim()).join("；") });
  }

  verdict(block, verdict, text) {
    const box = block.querySelector("[data-explanation]");
    box.querySelectorAll("[data-verdict]").forEach((part) => { part.hidden = part.dataset.verdict !== verdict; });
    box.querySelector("[data-explanation-text]").textContent = text;
    box.classList.toggle("explanation-right", verdict === "right");
    box.classList.toggle("explanation-wrong", verdict !== "right");
    box.hidden = false;
  }

  countSelfChecks(data) {
    const count = this.find("[data-self-check-count]");
    if (count && typeof data.total === "number") count.textContent = filled(count.dataset.text, { done: data.answered, total: data.total });
  }
}

const root = document.querySelector("[data-study]");
if (root && !root.hasAttribute("data-manual")) new Study(root).begin();
