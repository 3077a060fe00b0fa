/** The big screen of a contest asks every few seconds how it stands, with the next page of teams each time. */
const root = document.querySelector("[data-contest]");
const place = root.querySelector("[data-contest-now]");
const stale = root.querySelector("[data-contest-stale]");
const every = 1000 * Number(root.dataset.every);
let next = Number(root.dataset.next);
let heard = new Date();

async function asked() {
  const address = `${location.pathname}?page=${next}`;
  const reply = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

async function look() {
  if (!document.hidden) {
    try {
      const told = await asked();
      place.innerHTML = told.html;
      next = told.next;
      heard = new Date();
      stale.hidden = true;
    } catch (error) {
      stale.textContent = stale.dataset.text.replace("{time}", heard.toLocaleTimeString([], { hour12: false }));
      stale.hidden = false;
    }
  }
  setTimeout(look, every);
}

setTimeout(look, every);
