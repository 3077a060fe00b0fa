// Arranging an outline before it is saved: buttons, arrow keys on a grip, dragging with pointer or finger.
// Rows move in the page as courses.arrangement.shifted moves them; the form then sends them in their order.

const form = document.querySelector("[data-outline]");
const list = form.querySelector("[data-outline-list]");
const live = form.querySelector("[data-outline-live]");
const unsaved = form.querySelector("[data-outline-unsaved]");
let changed = Boolean(document.querySelector(".help-critical"));
let sending = false;

const rows = () => [...list.children];
const isModule = (row) => row.classList.contains("outline-module");
const titleOf = (row) => row.querySelector("input[type=text]")?.value ?? row.dataset.title;

// A module moves with its lessons.
function run(row) {
  if (!isModule(row)) return [row];
  const found = [row];
  for (let next = row.nextElementSibling; next && !isModule(next); next = next.nextElementSibling) found.push(next);
  return found;
}

function headingAbove(row) {
  let above = row.previousElementSibling;
  while (above && !isModule(above)) above = above.previousElementSibling;
  return above;
}

function step(row, way) {
  if (!isModule(row)) {
    if (way < 0) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    return;
  }
  const moving = run(row);
  if (way < 0) headingAbove(row)?.before(...moving);
  else {
    const next = moving.at(-1).nextElementSibling;
    if (next) run(next).at(-1).after(...moving);
  }
}

function noteChange() {
  changed = true;
  unsaved.textContent = form.dataset.unsaved;
}

function announce(row) {
  const above = isModule(row) ? null : headingAbove(row);
  const module = isModule(row) ? "" : above ? titleOf(above) : form.dataset.noModule;
  const words = { title: titleOf(row), place: rows().indexOf(row) + 1, total: rows().length, module };
  live.textContent = form.dataset.announce.replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

function moved(row, before) {
  if (rows().every((each, place) => each === before[place])) return;
  noteChange();
  announce(row);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-outline-step]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-outline-row]");
  const before = rows();
  step(row, Number(button.dataset.outlineStep));
  moved(row, before);
  button.focus();
  row.scrollIntoView({ block: "nearest" });
});

list.addEventListener("keydown", (event) => {
  const grip = event.target.closest("[data-outline-grip]");
  const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!grip || !way) return;
  event.preventDefault();
  const row = grip.closest("[data-outline-row]");
  const before = rows();
  step(row, way);
  moved(row, before);
  grip.focus();
  row.scrollIntoView({ block: "nearest" });
});

// Where dragged rows may stand: before every other row; modules before other modules only, and at the end.
function place(dragged, y) {
  const whole = isModule(dragged[0]);
  const others = rows().filter((row) => !dragged.includes(row));
  const stops = whole ? others.filter(isModule) : others;
  const next = stops.find((row) => {
    const box = row.getBoundingClientRect();
    const last = whole ? run(row).filter((each) => !dragged.includes(each)).at(-1).getBoundingClientRect() : box;
    return y < (box.top + last.bottom) / 2;
  });
  if (next) {
    if (dragged.at(-1).nextElementSibling !== next) next.before(...dragged);
  } else if (list.lastElementChild !== dragged.at(-1)) list.append(...dragged);
}

list.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-outline-grip]");
  if (!grip || event.button) return;
  const row = grip.closest("[data-outline-row]");
  const dragged = run(row);
  const before = rows();
  let y = event.clientY;
  const frame = () => {
    const speed = y < 96 ? -12 : y > innerHeight - 96 ? 12 : 0;
    if (speed) scrollBy(0, speed);
    place(dragged, y);
    timer = requestAnimationFrame(frame);
  };
  let timer = 0;
  const follow = (move) => {
    y = move.clientY;
    if (timer) return;
    dragged.forEach((each) => each.classList.add("outline-dragging"));
    timer = requestAnimationFrame(frame);
  };
  const end = (up) => {
    cancelAnimationFrame(timer);
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    dragged.forEach((each) => each.classList.remove("outline-dragging"));
    if (up.type === "pointercancel") list.append(...before);
    moved(row, before);
  };
  event.preventDefault();
  grip.focus();
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
});

form.addEventListener("input", (event) => {
  if (event.target.closest("[data-outline-row]")) noteChange();
});
form.addEventListener("submit", (event) => {
  if (sending) event.preventDefault();
  sending = true;
});
addEventListener("pageshow", () => {
  sending = false;
});
addEventListener("beforeunload", (event) => {
  if (changed && !sending) event.preventDefault();
});
list.querySelectorAll("[data-outline-grip]").forEach((grip) => {
  grip.hidden = false;
});
