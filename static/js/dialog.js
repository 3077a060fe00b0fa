/**
 * Opens a <dialog> and resolves with the data-dialog-action of the button that closed it ("cancel" for Escape and the backdrop).
 * Browsers without showModal (Safari before 15.4) get the same dialog as a fixed layer.
 */
const resolvers = new WeakMap();
const openers = new WeakMap();

export function isOpen(dialog) {
  return dialog.hasAttribute("open");
}

export function close(dialog, action) {
  if (!isOpen(dialog)) return;
  const resolve = resolvers.get(dialog);
  resolvers.delete(dialog);
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
  document.documentElement.classList.remove("has-dialog");
  const opener = openers.get(dialog);
  if (opener && document.contains(opener)) opener.focus();
  if (resolve) resolve(action || "cancel");
}

function show(dialog) {
  openers.set(dialog, document.activeElement);
  if (dialog.showModal) dialog.showModal();
  else {
    dialog.setAttribute("open", "");
    dialog.setAttribute("aria-modal", "true");
    dialog.setAttribute("role", "dialog");
    dialog.focus();
  }
  document.documentElement.classList.add("has-dialog");
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.target === dialog && event.clientY > 0
    && (event.clientY < box.top || event.clientY > box.bottom || event.clientX < box.left || event.clientX > box.right);
}

function listen(dialog) {
  if (dialog.dataset.listening) return;
  dialog.dataset.listening = "yes";
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dialog-action]");
    if (button) close(dialog, button.dataset.dialogAction);
    else if (!dialog.dataset.firm && outside(dialog, event)) close(dialog, "cancel");
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!dialog.dataset.firm) close(dialog, "cancel");
  });
}

/** `firm`: neither Escape nor a tap beside it closes the dialog. */
export function open(dialog, firm) {
  listen(dialog);
  if (firm) dialog.dataset.firm = "yes";
  if (!isOpen(dialog)) show(dialog);
  return new Promise((resolve) => { resolvers.set(dialog, resolve); });
}
