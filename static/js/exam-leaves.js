/**
 * 切屏: every time the sheet is out of sight is noted on this device, told to the server, and shown to the person.
 * It ends nothing and decides nothing. A leave is {op_id, left_at, back_at, closed}; `known` says that the server has it.
 */
import { uuid } from "./exam-queue.js";

const KEY = "leaves";
const AT_ONCE = 50;

export class Leaves {
  /** storage: getItem, setItem; post(body, keepalive) → {status, data}; clock() in ms; told: what the server had; changed(). */
  constructor({ storage, post, clock, told, changed }) {
    Object.assign(this, { storage, post, clock, told, changed, over: false, busy: false, waiting: [] });
    try { this.waiting = JSON.parse(storage.getItem(KEY)) || []; } catch (error) { this.waiting = []; }
    if (this.away()) this.away().closed = true;
  }

  begin() {
    document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? this.left(false) : this.back()));
    window.addEventListener("pagehide", () => this.left(true));
    this.back();
  }

  count() { return this.told + this.waiting.filter((one) => !one.known).length; }

  away() { return this.waiting.find((one) => !one.back_at); }

  left(closed) {
    if (this.over) return;
    const away = this.away();
    if (away) away.closed = away.closed || closed;
    else this.waiting.push({ op_id: uuid(), left_at: this.now(), back_at: null, closed });
    this.keep();
    this.tell(true);
  }

  back() {
    const away = this.away();
    if (away) away.back_at = this.now();
    this.keep();
    this.tell();
  }

  now() { return new Date(this.clock()).toISOString(); }

  keep() {
    if (this.waiting.length) this.storage.setItem(KEY, JSON.stringify(this.waiting));
    else this.storage.removeItem(KEY);
    this.changed();
  }

  /** Tells what the server does not know yet; what fails is told with the next answer. */
  async tell(keepalive) {
    const telling = this.waiting.filter((one) => !one.known || one.back_at).slice(0, AT_ONCE);
    if (this.busy || !telling.length) return;
    this.busy = true;
    const sent = telling.map((one) => ({ ...one }));
    const { status, data } = await this.post({ leaves: sent }, keepalive);
    this.busy = false;
    if (status !== 200 || !Number.isInteger(data.leaves)) return;
    this.told = data.leaves;
    telling.forEach((one) => { one.known = true; });
    const done = sent.filter((one) => one.back_at).map((one) => one.op_id);
    this.waiting = this.waiting.filter((one) => done.indexOf(one.op_id) < 0);
    this.keep();
    this.tell();
  }

  end() { this.over = true; }
}
