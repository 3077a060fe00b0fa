/** Registers the service worker the page names (portal/worker.js); without one, everything works as before. */
const holder = document.querySelector("[data-worker]");

if (holder && "serviceWorker" in navigator && window.isSecureContext) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register(holder.dataset.worker, { scope: "/" }).catch(() => {
      // A certificate the phone does not trust, or a browser that forbids it.
    });
  });
}
