/** Radio buttons or check boxes: the chosen numbers, ascending. */
export default {
  read: (root) => Array.from(root.querySelectorAll("input:checked"), (input) => Number(input.value)).sort((a, b) => a - b),
  write(root, payload) {
    const chosen = Array.isArray(payload) ? payload : payload === true ? [0] : payload === false ? [1] : [];
    root.querySelectorAll("input").forEach((input) => { input.checked = chosen.indexOf(Number(input.value)) >= 0; });
  },
};
