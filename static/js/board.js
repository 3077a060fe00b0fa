/** The invigilator's board asks every few seconds how it stands, and says so when nobody answers. */
const root = document.querySelector("[data-board]");
const place = root.querySelector("[data-board-now]");
const stale = root.querySelector("[data-board-stale]");
let heard = new Date();

async function asked() {
  const reply = await fetch(location.href, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

/** A link that has the focus keeps it, by its address. */
function show(html) {
  const held = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.innerHTML = html;
  if (held) Array.from(place.querySelectorAll("a")).filter((link) => link.getAttribute("href") === held).forEach((link) => link.focus());
}

async function look() {
  if (!document.hidden) {
    try {
      show((await asked()).html);
      heard = new Date();
      stale.hidden = true;
    } catch (error) {
      stale.textContent = stale.dataset.text.replace("{time}", heard.toLocaleTimeString([], { hour12: false }));
      stale.hidden = false;
    }
  }
  setTimeout(look, 1000 * Number(root.dataset.every));
}

setTimeout(look, 1000 * Number(root.dataset.every));
document.addEventListener("visibilitychange", () => { if (!document.hidden) asked().then((data) => show(data.html)).catch(() => {}); });
