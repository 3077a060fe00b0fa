/* Choosing many questions of a list at once. */

for (const all of document.querySelectorAll("[data-all]")) {
  const boxes = () => [...all.form.querySelectorAll(`input[type="checkbox"][name="${all.dataset.all}"]`)];
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  all.form.addEventListener("change", ({ target }) => {
    if (target.name !== all.dataset.all) return;
    const checked = boxes().filter((box) => box.checked).length;
    all.checked = checked === boxes().length;
    all.indeterminate = checked > 0 && !all.checked;
  });
}
