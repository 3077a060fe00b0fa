/**
 * The answers on their way to the server. No DOM in here.
 *
 * Each question has at most one operation under way and one newer answer waiting behind it. An operation is repeated with the same
 * op_id until the server returns its receipt; only a receipt that echoes the op_id and the sha256 of the payload counts as saved.
 * What the server refuses as no answer (too long) waits for its writer; the others go on.
 * What is unsent survives a reload in `storage` under the key of the attempt. What comes too late is sent too: the server keeps it for
 * the examiner.
 */
import { sha256 } from "./sha256.js";

const SLOWEST = 15000;

/** A version 4 UUID; crypto.randomUUID is missing on plain-http pages and old phones. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** The bytes both sides hash. Who reads an answer from the page puts it into its canonical form. */
export function canonical(payload) {
  return JSON.stringify(payload);
}

export function honest(receipt, operation) {
  return Boolean(receipt) && receipt.op_id === operation.op_id && receipt.item === operation.item
    && receipt.sha256 === sha256(canonical(operation.payload));
}

/** Whether the server says that it keeps this very answer as late evidence. */
function evident(kept, operation) {
  return Boolean(kept) && kept.op_id === operation.op_id && kept.sha256 === sha256(canonical(operation.payload));
}

export class AnswerQueue {
  /**
   * post(operation) → {status, data}; storage: getItem/setItem/removeItem; versions: {item: base version from the server};
   * listener: {changed(), synced({now, deadline}), stale(item, payload), stopped(reason)}; clock() in ms; later(callback, ms) as setTimeout.
   */
  constructor({ key, holder, post, storage, versions, listener, clock = Date.now, later = (act, ms) => setTimeout(act, ms) }) {
    Object.assign(this, { key, holder, post, storage, listener, clock, later, busy: false, failures: 0, stopped: null, sequence: 0, timer: 0 });
    this.items = {};
    Object.keys(versions).forEach((item) => { this.items[item] = { version: versions[item], sent: null, next: null, saved: null, refused: null, late: false }; });
    this.restore();
  }

  restore() {
    let kept = null;
    try { kept = JSON.parse(this.storage.getItem(this.key)); } catch (error) { kept = null; }
    if (!kept) return;
    this.sequence = kept.sequence || 0;
    Object.keys(kept.items || {}).forEach((item) => {
      if (this.items[item]) this.resume(this.items[item], kept.items[item]);
    });
    if (kept.holder !== this.holder) this.renew();
  }

  /** What the server confirmed counts where the page is an older copy; a page from the server knows better. */
  resume(entry, { sent, next, saved, refused }) {
    Object.assign(entry, { sent, next, refused: refused || null });
    if (!saved || saved.version <= entry.version) return;
    Object.assign(entry, { saved, version: saved.version });
  }

  /** Another device had the sitting in between: what it refused to this one is given anew, not repeated. */
  renew() {
    this.unsent().forEach((item) => Object.assign(this.items[item].sent, { op_id: uuid() }));
  }

  keep() {
    const items = {};
    Object.keys(this.items).forEach((item) => {
      const { sent, next, saved, refused } = this.items[item];
      if (sent || saved || refused) items[item] = { sent, next, saved, refused };
    });
    try {
      this.storage.setItem(this.key, JSON.stringify({ sequence: this.sequence, holder: this.holder, items }));
    } catch (error) {
      // A full or forbidden storage only means that a reload would lose what the page still shows as not uploaded.
    }
  }

  forget() {
    try { this.storage.removeItem(this.key); } catch (error) { /* nothing was kept */ }
  }

  /** Items whose newest answer has no receipt yet. */
  unsent() {
    return Object.keys(this.items).filter((item) => this.items[item].sent);
  }

  /** Items whose newest answer the server cannot take, as it stands; it is kept here until it is given anew. */
  refused() {
    return Object.keys(this.items).filter((item) => this.items[item].refused);
  }

  /** "open" (nothing under way), "saving" (first try running), "unsent" (a try has failed), "refused" or "late" (with the examiner). */
  state(item) {
    const entry = this.items[item];
    if (entry.refused) return "refused";
    if (!entry.sent) return entry.late ? "late" : "open";
    return this.failures || this.stopped ? "unsent" : "saving";
  }

  /** {payload} of the newest answer known here, where the page may not have it yet; otherwise null. */
  newest(item) {
    const { next, sent, saved, refused } = this.items[item];
    return next || sent || refused || saved;
  }

  give(item, payload) {
    if (this.stopped) return;
    const entry = this.items[item];
    const written_at = new Date(this.clock()).toISOString();
    entry.refused = null;
    if (entry.sent) entry.next = { payload, written_at };
    else entry.sent = this.operation(item, { payload, written_at });
    this.keep();
    this.listener.changed();
    this.pump();
  }

  /** An answer keeps the moment it was given at, however long it waits. */
  operation(item, { payload, written_at }) {
    this.sequence += 1;
    return { op_id: uuid(), seq: this.sequence, item: Number(item), base_version: this.items[item].version, written_at, payload };
  }

  head() {
    const [first] = this.unsent().sort((a, b) => this.items[a].sent.seq - this.items[b].sent.seq);
    return first ? this.items[first].sent : null;
  }

  /** Sends until nothing is left or a try fails; then again later. */
  async pump() {
    if (this.busy || this.stopped) return;
    clearTimeout(this.timer);
    this.busy = true;
    let going = true;
    while (going && !this.stopped && this.head()) going = await this.deliver(this.head());
    this.busy = false;
    if (!going && !this.stopped) this.retry();
  }

  retry() {
    const pause = Math.min(SLOWEST, 1000 * Math.pow(2, this.failures - 1)) * (0.75 + Math.random() / 2);
    this.timer = this.later(() => this.pump(), pause);
  }

  async deliver(operation) {
    const { status, data } = await this.post(Object.assign({ holder: this.holder }, operation));
    const settled = this.settle(operation, status, data);
    this.failures = settled ? 0 : this.failures + 1;
    this.keep();
    this.listener.changed();
    return settled;
  }

  settle(operation, status, data) {
    if (status === 200 && honest(data.receipt, operation)) {
      this.confirm(operation.item, data.receipt.version, operation.payload);
      this.advance(operation.item, data.receipt.version);
      this.listener.synced(data);
      return true;
    }
    if ((status === 400 || status === 413) && data.error) return this.refuse(operation);
    if (status !== 409) return false;
    if (data.error === "closed") return this.tooLate(operation, data);
    if (data.error === "stale") this.adopt(operation, data);
    else this.stop(data.error);
    return true;
  }

  /** What the server has, for a copy of the sheet that is older. */
  confirm(item, version, payload) {
    this.items[item].saved = { version, payload };
  }

  advance(item, version) {
    const entry = this.items[item];
    entry.version = Math.max(entry.version, version);
    entry.sent = entry.next ? this.operation(item, entry.next) : null;
    entry.next = null;
  }

  /** Sent again it would be refused again, and everything behind it would wait for ever. */
  refuse({ item, payload }) {
    const entry = this.items[item];
    if (!entry.next) entry.refused = { payload };
    this.advance(item, entry.version);
    return true;
  }

  /** The time was over. Whatever else waits is sent too, and only then it ends here. */
  tooLate(operation, { kept }) {
    if (!evident(kept, operation)) return false;
    const entry = this.items[operation.item];
    entry.late = true;
    this.advance(operation.item, entry.version);
    if (!this.head()) this.stop("closed");
    return true;
  }

  /** The server has a newer answer. It stays; the person is shown it and may choose again. */
  adopt(operation, data) {
    const entry = this.items[operation.item];
    const same = canonical(data.payload) === canonical(operation.payload);
    this.confirm(operation.item, data.version, data.payload);
    if (same) {
      this.advance(operation.item, data.version);
      return;
    }
    Object.assign(entry, { version: data.version, sent: null, next: null });
    this.listener.stale(operation.item, data.payload);
  }

  stop(reason) {
    this.stopped = reason || "closed";
    this.listener.stopped(this.stopped);
  }

  /** Tries now; resolves to the number of answers still without a receipt after at most `patience` ms. */
  drain(patience) {
    clearTimeout(this.timer);
    this.pump();
    return new Promise((resolve) => {
      const until = Date.now() + patience;
      const look = () => {
        const left = this.unsent().length;
        if (!left || this.stopped || Date.now() >= until) resolve(left);
        else this.later(look, 100);
      };
      look();
    });
  }
}
