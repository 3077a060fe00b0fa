/** Offers to put the platform on the home screen: shown only where this browser can do it, and not inside the app itself. */
const box = document.querySelector("[data-install]");
const inside = window.matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const agent = navigator.userAgent;
const safariOnPhone = /iPhone|iPad/.test(agent) && /Safari\//.test(agent) && !/MicroMessenger|wxwork|DingTalk|CriOS|FxiOS|EdgiOS/.test(agent);

function show(part) {
  box.hidden = false;
  box.querySelector(part).hidden = false;
}

if (box && !inside && safariOnPhone) show("[data-install-steps]");

window.addEventListener("beforeinstallprompt", (event) => {
  if (!box || inside) return;
  event.preventDefault();
  show("[data-install-now]");
  box.querySelector("button").onclick = async () => {
    event.prompt();
    const choice = await event.userChoice;
    if (choice.outcome === "accepted") box.hidden = true;
  };
});
