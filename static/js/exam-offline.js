/** The page that stands in for a sheet which cannot be fetched: it opens the copy this device keeps, or says that there is none. */
import { showCopy } from "./exam-copy.js";
import { begin } from "./exam.js";

async function stand(place) {
  const [, attempt] = window.location.pathname.match(/\/exams\/sitting\/([0-9a-f-]{36})\/$/) || [];
  const root = attempt ? await showCopy(attempt, place.querySelector("[data-copy]")) : null;
  document.querySelectorAll("[data-with-copy]").forEach((part) => { part.hidden = !root; });
  place.querySelector("[data-without-copy]").hidden = Boolean(root);
  if (root) begin(root, { copied: true });
}

const place = document.querySelector("[data-stand-in]");
if (place) stand(place);
