/** Items moved by buttons. Until somebody moves one, or says that the order is right, there is no answer. */
import { filled } from "../text.js";

const items = (root) => Array.from(root.querySelectorAll("[data-own]"));

function settle(root, given) {
  root.dataset.settled = given ? "yes" : "";
  root.querySelector("[data-keep]").setAttribute("aria-pressed", String(given));
  const all = items(root);
  all.forEach((item, n) => {
    item.querySelector("[data-up]").disabled = n === 0;
    item.querySelector("[data-down]").disabled = n === all.length - 1;
  });
}

function move(root, item, up) {
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (up) other.before(item);
  else other.after(item);
  settle(root, true);
  const button = item.querySelector(up ? "[data-up]" : "[data-down]");
  (button.disabled ? item.querySelector(up ? "[data-down]" : "[data-up]") : button).focus({ preventScroll: true });
  root.querySelector("[data-moved]").textContent = filled(root.dataset.textMoved, { n: items(root).indexOf(item) + 1 });
}

export default {
  read: (root) => (root.dataset.settled ? items(root).map((item) => Number(item.dataset.own)) : []),
  write(root, payload) {
    const list = root.querySelector("ol");
    const byNumber = new Map(items(root).map((item) => [Number(item.dataset.own), item]));
    const given = Boolean(payload && payload.length);
    (given ? payload : Array.from(byNumber.keys())).forEach((own) => list.appendChild(byNumber.get(own)));
    settle(root, given);
  },
  begin(root, changed) {
    settle(root, Boolean(root.dataset.settled));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if ("keep" in button.dataset) settle(root, true);
      else move(root, button.closest("[data-own]"), "up" in button.dataset);
      changed();
    });
  },
};
