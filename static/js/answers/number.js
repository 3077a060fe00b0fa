/** A number as typed; a unit that was chosen stands behind it. */
import { typed } from "./typed.js";

export default {
  read(root) {
    const number = typed(root.querySelector("input").value).trim();
    const unit = root.querySelector("select");
    return number && unit && unit.value ? `${number} ${unit.value}` : number;
  },
  write(root, payload) {
    const unit = root.querySelector("select");
    const text = payload || "";
    const known = unit ? Array.from(unit.options, (option) => option.value).find((name) => name && text.endsWith(` ${name}`)) : "";
    if (unit) unit.value = known || "";
    root.querySelector("input").value = known ? text.slice(0, -known.length - 1) : text;
  },
};
