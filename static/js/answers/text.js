/** A text with a counter. */
import { filled } from "../text.js";
import { typed } from "./typed.js";

function count(root) {
  const place = root.querySelector("[data-count]");
  const n = Array.from(root.querySelector("textarea").value.replace(/\s/g, "")).length;
  place.textContent = filled(place.dataset.text, { n });
}

export default {
  read: (root) => typed(root.querySelector("textarea").value),
  write(root, payload) {
    root.querySelector("textarea").value = payload || "";
    count(root);
  },
  begin(root) {
    count(root);
    root.addEventListener("input", () => count(root));
  },
};
