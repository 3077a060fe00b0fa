/** Small behaviours of every page, bound by data attributes; see templates/components/README.md. */
import "./forget.js";
import "./worker.js";
import { close, open } from "./dialog.js";

const LOOK_AGAIN = 4000;

/** Says something in passing. */
export function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  const words = document.createElement("span");
  words.className = "toast-text";
  words.textContent = text;
  box.appendChild(words);
  document.querySelector("[data-toasts]").appendChild(box);
  setTimeout(() => box.remove(), 5000);
}

function copyFallback(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.appendChild(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copy(button) {
  const text = button.dataset.copy;
  if (navigator.clipboard) await navigator.clipboard.writeText(text).catch(() => copyFallback(text));
  else copyFallback(text);
  if (button.dataset.copied) toast(button.dataset.copied);
}

function closeMenus(except) {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => { if (menu !== except) menu.open = false; });
}

document.addEventListener("click", (event) => {
  const target = event.target.closest ? event.target : event.target.parentElement;
  closeMenus(target.closest("[data-menu]"));
  const opener = target.closest("[data-opens]");
  const dismiss = target.closest("[data-dismiss]");
  const copier = target.closest("[data-copy]");
  if (opener) open(document.getElementById(opener.dataset.opens));
  if (dismiss) dismiss.closest(".toast, .message").remove();
  if (copier) copy(copier);
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !form.dataset.confirmed) {
    event.preventDefault();
    const button = event.submitter;
    open(document.getElementById(form.dataset.confirm)).then((action) => {
      if (action !== "confirm") return;
      form.dataset.confirmed = "yes";
      if (form.requestSubmit) form.requestSubmit(button || undefined);
      else form.submit();
    });
  } else if (form.hasAttribute("data-once")) {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }
});

document.addEventListener("change", (event) => {
  if (event.target.hasAttribute("data-autosubmit")) event.target.form.submit();
});

// What is still being made appears by itself, without the page starting anew under somebody's fingers.
async function lookAgain() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer && answer.redirected) return;
  const page = new DOMParser().parseFromString(answer && answer.ok ? await answer.text() : "", "text/html");
  const main = page.getElementById("main");
  if (main && !page.querySelector("[data-waiting]")) return document.getElementById("main").replaceWith(main);
  const progress = page.querySelector("[data-progress]");
  if (progress) document.querySelector("[data-progress]").replaceWith(progress);
  setTimeout(lookAgain, LOOK_AGAIN);
}
if (document.querySelector("[data-waiting]")) setTimeout(lookAgain, LOOK_AGAIN);

// On a narrow screen the current entry of the desk's navigation, or the chosen filter, may lie outside the view.
const here = document.querySelector(".desk-nav-list [aria-current]");
if (here) here.parentElement.parentElement.scrollLeft = here.offsetLeft - 48;
document.querySelectorAll(".filters > [aria-current]").forEach((chosen) => { chosen.parentElement.scrollLeft = chosen.offsetLeft - 48; });

// A page that comes back from the browser's memory may be sent again, and no dialog of it is still waiting.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; delete form.dataset.confirmed; });
  document.querySelectorAll("[data-dialog][open]").forEach((dialog) => close(dialog));
});
