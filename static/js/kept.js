/**
 * What one sitting keeps on this device: read at once from memory, written through to the drawer, sealed.
 * Offers getItem, setItem and removeItem as localStorage does. `safe` says whether all of it outlives this page.
 */
import { sealer } from "./seal.js";
import { read, write } from "./vault.js";

/** The key to one sitting, from the cookie the server gave the person it belongs to; logging out takes it away. */
export function secretOf(attempt) {
  const name = `own-${attempt.replace(/-/g, "").slice(0, 12)}=`;
  const cookie = document.cookie.split("; ").find((one) => one.indexOf(name) === 0);
  return cookie ? cookie.slice(name.length) : "";
}

export class Kept {
  constructor(name, cipher, values) {
    Object.assign(this, { name, cipher, values, safe: Boolean(cipher), changed: false, writing: null, listener: () => {} });
  }

  /** What was kept under `name` before is there again; what cannot be opened is as good as gone. Never rejects. */
  static async open(name, secret) {
    let cipher = null;
    let values = {};
    try {
      cipher = await sealer(secret, name);
      const sealed = cipher && (await read(name));
      if (sealed) values = await cipher.open(sealed);
    } catch (error) {
      values = {};
    }
    return new Kept(name, cipher, values);
  }

  getItem(key) { return key in this.values ? this.values[key] : null; }

  setItem(key, value) {
    this.values[key] = value;
    this.store();
  }

  removeItem(key) {
    if (!(key in this.values)) return;
    delete this.values[key];
    this.store();
  }

  store() {
    if (!this.cipher) return;
    this.safe = false;
    this.changed = true;
    if (!this.writing) this.writing = this.through().then(() => { this.writing = null; this.listener(); });
  }

  /** Writes until the drawer has the newest state; a full or forbidden one leaves it unsafe. */
  async through() {
    while (this.changed) {
      this.changed = false;
      try {
        const empty = !Object.keys(this.values).length;
        await write(this.name, empty ? null : await this.cipher.seal(this.values));
        this.safe = !this.changed;
      } catch (error) {
        this.safe = false;
      }
    }
  }
}
