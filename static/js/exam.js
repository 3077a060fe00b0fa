/**
 * Exam sheet: one question at a time, every answer saved when given, the truth about what is saved, one hand-in.
 * Root: form[data-exam]; markup and server contract in templates/components/README.md.
 */
import * as answers from "./answers/index.js";
import { close, open } from "./dialog.js";
import { ExamClock, spelled } from "./exam-clock.js";
import { dropCopy, keepCopy } from "./exam-copy.js";
import { guard } from "./exam-guard.js";
import { keys } from "./exam-keys.js";
import { Leaves } from "./exam-leaves.js";
import { AnswerQueue } from "./exam-queue.js";
import { postJson } from "./http.js";
import { Kept, secretOf } from "./kept.js";
import { loggedIn } from "./relogin.js";
import { filled } from "./text.js";

const LOW = 300;
const SPOKEN = [300, 60];
const PATIENCE = 12000;
const AGAIN = 5000;
const TYPING = 1500;

export class ExamSheet {
  /** storage: what this sitting keeps on this device (js/kept.js). */
  constructor(root, storage, { post = loggedIn(postJson, root.dataset.reloginUrl), go = (url) => window.location.assign(url) } = {}) {
    Object.assign(this, { root, post, storage, go, current: 0, over: false, submitting: false, last: {}, typing: {} });
    this.data = root.dataset;
    this.questions = Array.from(root.querySelectorAll("[data-question]"));
    this.clock = new ExamClock({ now: this.data.now, deadline: this.data.deadline });
    this.flags = this.keptFlags();
    this.queue = new AnswerQueue({
      key: this.key("answers"), holder: this.data.holder, storage, versions: this.versions(), listener: this,
      post: (operation) => this.post(this.data.answerUrl, operation), clock: () => this.clock.now(),
    });
  }

  /** What a protected exam adds; the others have none of it. */
  protect() {
    if (!("guarded" in this.data)) return;
    guard(this.root);
    this.leaves = new Leaves({
      storage: this.storage, told: Number(this.data.left), clock: () => this.clock.now(), changed: () => this.showLeft(),
      post: (body, keepalive) => postJson(this.data.leavesUrl, body, keepalive),
    });
    this.leaves.begin();
  }

  showLeft() {
    const place = this.root.querySelector("[data-left-shown]");
    const n = this.leaves.count();
    place.hidden = !n;
    if (n) place.querySelector("[data-left-text]").textContent = filled(place.dataset.text, { n });
  }

  key(name) { return `lidian.exam.${this.data.attempt}.${name}`; }

  keptFlags() {
    try { return new Set(JSON.parse(this.storage.getItem(this.key("flags")) || "[]")); } catch (error) { return new Set(); }
  }

  versions() {
    const versions = {};
    this.questions.forEach((q) => { versions[q.dataset.item] = Number(q.dataset.version); });
    return versions;
  }

  begin() {
    this.enable(true);
    this.questions.forEach((question) => {
      answers.begin(question, () => this.given(question));
      this.restore(question);
    });
    this.buildCard();
    this.listen();
    const first = this.questions.findIndex((q) => this.isOpen(q));
    this.show(first < 0 ? 0 : first, false);
    this.changed();
    this.storage.listener = () => this.changed();
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
    this.protect();
    this.queue.pump();
  }

  enable(on) { this.root.querySelectorAll("fieldset").forEach((set) => { set.disabled = !on; }); }

  listen() {
    const on = (selector, act) => document.querySelectorAll(selector).forEach((part) => part.addEventListener("click", act));
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.root.addEventListener("change", (event) => this.given(event.target.closest("[data-question]")));
    this.root.addEventListener("input", (event) => this.typed(event.target));
    this.root.addEventListener("click", (event) => {
      const flag = event.target.closest("[data-flag]");
      if (flag) this.flag(flag.closest("[data-question]"));
    });
    keys({ turn: (step) => this.show(this.current + step, true), shown: () => this.questions[this.current] });
    on("[data-previous]", () => this.show(this.current - 1, true));
    on("[data-next]", () => this.show(this.current + 1, true));
    on("[data-hand-in]", () => this.review());
    on("[data-submit]", () => this.submit());
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("online", () => this.queue.pump());
    window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
    window.addEventListener("beforeunload", (event) => {
      if (!this.over && this.queue.unsent().length) event.preventDefault();
    });
  }

  // Answers

  /** Something can be answered here and is not. */
  isOpen(question) { return answers.asks(question) && !this.isAnswered(question); }

  isAnswered(question) { return answers.answered(answers.read(question)); }

  choose(question, payload) {
    answers.write(question, payload);
    this.last[question.dataset.item] = JSON.stringify(answers.read(question));
  }

  restore(question) {
    const newest = this.queue.newest(question.dataset.item);
    this.choose(question, newest ? newest.payload : answers.read(question));
  }

  given(question) {
    const { item } = question.dataset;
    clearTimeout(this.typing[item]);
    delete this.typing[item];
    const payload = answers.read(question);
    question.querySelector("[data-stale]").hidden = true;
    if (this.last[item] === JSON.stringify(payload)) return;
    this.last[item] = JSON.stringify(payload);
    this.queue.give(item, payload);
  }

  /** A text is an answer when its writer rests for a moment. */
  typed(field) {
    if (field.type !== "text" && field.tagName !== "TEXTAREA") return;
    const question = field.closest("[data-question]");
    clearTimeout(this.typing[question.dataset.item]);
    this.typing[question.dataset.item] = setTimeout(() => this.given(question), TYPING);
  }

  flush() { Object.keys(this.typing).forEach((item) => this.given(this.question(item))); }

  question(item) { return this.questions.find((q) => q.dataset.item === String(item)); }

  // What the queue tells us

  stale(item, payload) {
    const question = this.question(item);
    this.choose(question, payload);
    question.querySelector("[data-stale]").hidden = false;
  }

  synced(reply) {
    this.clock.sync(reply);
    document.querySelectorAll("[data-until-synced]").forEach((part) => { part.hidden = true; });
    if (this.leaves) this.leaves.tell();
  }

  stopped(reason) {
    this.enable(false);
    if (this.leaves) this.leaves.end();
    if (reason === "closed") { this.finish(this.data.resultUrl); return; }
    clearInterval(this.timer);
    this.over = true;
    open(document.getElementById("taken-over"), true).then(() => this.go(this.data.resumeUrl));
  }

  changed() {
    this.questions.forEach((question) => this.showState(question));
    this.showSaved();
    this.showCard();
  }

  // What is seen

  state(question) {
    const under = this.queue.state(question.dataset.item);
    if (under !== "open") return under;
    return this.isAnswered(question) ? "saved" : "open";
  }

  show(index, focus) {
    this.flush();
    this.current = Math.max(0, Math.min(index, this.questions.length - 1));
    this.questions.forEach((question, i) => { question.hidden = i !== this.current; });
    const last = this.current === this.questions.length - 1;
    document.querySelector("[data-previous]").disabled = this.current === 0;
    document.querySelector("[data-next]").hidden = last;
    document.querySelector(".actionbar [data-hand-in]").hidden = !last;
    this.showCard();
    if (!focus) return;
    window.scrollTo(0, 0);
    this.questions[this.current].querySelector("[data-stem]").focus({ preventScroll: true });
  }

  showState(question) {
    const place = question.querySelector("[data-item-state]");
    const state = this.state(question);
    place.dataset.state = state;
    const { textSaved, textSaving, textUnsent, textUnkept, textLate, textRefused } = place.dataset;
    const unsent = this.storage.safe ? textUnsent : textUnkept;
    place.textContent = { saved: textSaved, saving: textSaving, unsent, late: textLate, refused: textRefused, open: "" }[state];
    question.querySelector("[data-flag]").setAttribute("aria-pressed", String(this.flags.has(question.dataset.item)));
  }

  showSaved() {
    const place = document.querySelector("[data-saved]");
    const words = place.querySelector("[data-saved-text]");
    const refused = this.queue.refused().length;
    const waiting = this.queue.unsent().length + refused;
    const failing = waiting > 0 && Boolean(refused || this.queue.failures || this.queue.stopped);
    const answered = this.questions.some((q) => this.isAnswered(q));
    place.dataset.state = failing ? "unsent" : waiting ? "saving" : answered ? "saved" : "none";
    const { textUnsent, textSaving, textSaved, textNone } = place.dataset;
    const text = failing ? filled(textUnsent, { n: waiting }) : waiting ? textSaving : answered ? textSaved : textNone;
    if (words.textContent !== text) words.textContent = text;
    place.querySelector("[data-icon-saved]").hidden = failing;
    place.querySelector("[data-icon-unsent]").hidden = !failing;
  }

  buildCard() {
    const template = document.querySelector("[data-card-template]").content;
    const card = document.querySelector("[data-card]");
    this.questions.forEach((question, index) => {
      const button = template.querySelector("button").cloneNode(true);
      button.querySelector(".figure").textContent = question.dataset.item;
      button.addEventListener("click", () => {
        close(document.getElementById("answer-card"), "chosen");
        this.show(index, true);
      });
      card.appendChild(button);
    });
  }

  showCard() {
    const card = document.querySelector("[data-card]");
    const texts = card.dataset;
    Array.from(card.children).forEach((button, index) => {
      const question = this.questions[index];
      const state = this.state(question);
      const flagged = this.flags.has(question.dataset.item);
      const label = { saved: texts.textSaved, open: texts.textOpen }[state] || texts.textUnsent;
      button.dataset.state = ["saving", "late", "refused"].includes(state) ? "unsent" : state;
      button.setAttribute("aria-label", filled(label, { n: question.dataset.item }) + (flagged ? ` · ${texts.textFlagged}` : ""));
      button.querySelector("[data-card-flag]").hidden = !flagged;
      if (index === this.current) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    const done = this.questions.length - this.unanswered().length;
    document.querySelector("[data-card-count]").textContent = `${done}/${this.questions.length}`;
    document.querySelector("[data-exam-progress]").value = done;
  }

  unanswered() { return this.questions.filter((q) => this.isOpen(q)); }

  flag(question) {
    const item = question.dataset.item;
    if (!this.flags.delete(item)) this.flags.add(item);
    try { this.storage.setItem(this.key("flags"), JSON.stringify(Array.from(this.flags))); } catch (error) { /* only marks */ }
    this.showState(question);
    this.showCard();
  }

  // Time

  tick() {
    const left = this.clock.left();
    const place = document.querySelector("[data-clock]");
    place.querySelector("[data-clock-text]").textContent = spelled(left);
    place.classList.toggle("exam-clock-low", left <= LOW);
    this.speak(left);
    if (left <= 0 && !this.over) this.timeUp();
  }

  /** Screen readers hear of the time twice, not every second. */
  speak(left) {
    const mark = SPOKEN.find((seconds) => left <= seconds && this.before > seconds);
    this.before = left;
    if (!mark) return;
    const place = document.querySelector("[data-clock-spoken]");
    place.textContent = filled(place.dataset.text, { n: mark / 60 });
  }

  async timeUp() {
    this.flush();
    this.over = true;
    clearInterval(this.timer);
    document.querySelectorAll("[data-dialog][open]").forEach((dialog) => { if (dialog.id !== "relogin") close(dialog); });
    this.enable(false);
    const dialog = document.getElementById("time-up");
    open(dialog, true).then(() => this.finish(this.data.resultUrl));
    const left = await this.queue.drain(PATIENCE / 2);
    const text = document.querySelector("[data-time-up-unsent]").content.textContent;
    if (left) dialog.querySelector("[data-dialog-text]").textContent = filled(text, { n: left });
    this.handInUntilHeard(left);
  }

  /** After the deadline the server closes the attempt by itself; this only spares the wait, or leads back to more time. */
  async handInUntilHeard(left) {
    const { status, data } = await this.post(this.data.submitUrl, { holder: this.data.holder, time_up: true });
    const heard = (status === 200 && data.redirect) || (status === 409 && data.error);
    if (!heard) setTimeout(() => this.handInUntilHeard(left), AGAIN);
    else if (!left) this.finish(data.redirect || this.data.resultUrl);
  }

  // Handing in

  review() {
    this.flush();
    const show = (name, n) => {
      const place = document.querySelector(`[data-review-${name}]`);
      place.hidden = n === 0 && name !== "open";
      place.textContent = filled(n === 0 && place.dataset.textNone ? place.dataset.textNone : place.dataset.text, { n });
    };
    show("open", this.unanswered().length);
    show("flagged", this.flags.size);
    show("unsent", this.queue.failures ? this.queue.unsent().length : 0);
    show("refused", this.queue.refused().length);
    document.querySelector("[data-review-failed]").hidden = true;
    close(document.getElementById("answer-card"), "hand-in");
    open(document.getElementById("hand-in"));
  }

  async submit() {
    if (this.submitting) return;
    this.submitting = true;
    const button = document.querySelector("[data-submit]");
    const label = button.textContent;
    Object.assign(button, { disabled: true, textContent: button.dataset.textBusy });
    const redirect = await this.handIn();
    Object.assign(button, { disabled: false, textContent: label });
    this.submitting = false;
    if (redirect) this.finish(redirect);
    else document.querySelector("[data-review-failed]").hidden = false;
  }

  /** Every answer first, then the paper. Resolves to where to go, or null when there was no connection. */
  async handIn() {
    if (await this.queue.drain(PATIENCE)) return null;
    const { status, data } = await this.post(this.data.submitUrl, { holder: this.data.holder });
    if (status === 409 && data.error === "taken_over") this.stopped("taken_over");
    if (status === 409 && data.error === "closed") return this.data.resultUrl;
    return (status === 200 && data.redirect) || null;
  }

  /** What the server does not have stays on this device, sealed; the page of the result sends it (js/exam-late.js). */
  finish(url) {
    this.over = true;
    if (this.leaves) this.leaves.end();
    clearInterval(this.timer);
    if (!this.queue.unsent().length) this.queue.forget();
    this.storage.removeItem(this.key("flags"));
    dropCopy(this.data.attempt);
    this.go(url);
  }
}

/** Nothing can be answered before what was kept is there. `copied`: the page shows a copy, which is not copied again. */
export async function begin(root, { copied = false } = {}) {
  const { attempt } = root.dataset;
  root.querySelectorAll("fieldset").forEach((set) => { set.disabled = true; });
  if (!copied) keepCopy(root);
  new ExamSheet(root, await Kept.open(attempt, secretOf(attempt))).begin();
}

const root = document.querySelector("[data-exam]");
if (root) begin(root);
