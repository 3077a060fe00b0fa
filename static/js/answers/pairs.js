/** One menu for each left side: the number of its right one, null where none is chosen. */
const each = (root) => Array.from(root.querySelectorAll("select"));

export default {
  read: (root) => each(root).map((menu) => (menu.value === "" ? null : Number(menu.value))),
  write(root, payload) {
    each(root).forEach((menu, n) => { menu.value = payload && payload[n] !== null ? String(payload[n]) : ""; });
  },
};
