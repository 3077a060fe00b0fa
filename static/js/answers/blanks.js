/** Blanks in the stem: a text, or the number of an option; null where nothing is. */
import { typed } from "./typed.js";

const each = (root) => Array.from(root.querySelectorAll("[data-blank]"));

function value(field) {
  if (field.value === "") return null;
  return field.tagName === "SELECT" ? Number(field.value) : typed(field.value) || null;
}

export default {
  read: (root) => each(root).map(value),
  write(root, payload) {
    each(root).forEach((field, n) => {
      const given = payload ? payload[n] : null;
      field.value = given === null || given === undefined ? "" : String(given);
    });
  },
};
