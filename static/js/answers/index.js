/**
 * How each kind of answer is read from the page and put back. A new kind is a new module here: read(root) gives the payload in the form
 * that the server would give it, write(root, payload) shows it, begin(root, changed) (if any) makes it work.
 */
import blanks from "./blanks.js";
import choice from "./choice.js";
import number from "./number.js";
import pairs from "./pairs.js";
import places from "./places.js";
import steps from "./steps.js";
import text from "./text.js";

const none = { read: () => null, write() {} };

const parts = {
  each: (root) => Array.from(root.querySelectorAll("[data-part]")),
  read(root) { return this.each(root).map(read); },
  write(root, payload) { this.each(root).forEach((part, n) => write(part, payload ? payload[n] : null)); },
  begin(root, changed) { this.each(root).forEach((part) => begin(part, changed)); },
};

const KINDS = { blanks, choice, none, number, pairs, parts, places, steps, text };

function found(scope) {
  const root = scope.querySelector("[data-answer]");
  return { root, kind: KINDS[root.dataset.answer] };
}

export function read(scope) {
  const { root, kind } = found(scope);
  return kind.read(root);
}

export function write(scope, payload) {
  const { root, kind } = found(scope);
  kind.write(root, payload);
}

/** Shows what the server has, then listens. */
export function begin(scope, changed) {
  const { root, kind } = found(scope);
  if (root.dataset.given) kind.write(root, JSON.parse(root.dataset.given));
  if (kind.begin) kind.begin(root, changed);
}

/** Whether there is anything to answer at all. */
export function asks(scope) {
  return found(scope).root.dataset.answer !== "none";
}

export function answered(payload) {
  if (payload === null || payload === "") return false;
  return Array.isArray(payload) ? payload.some(answered) : true;
}
