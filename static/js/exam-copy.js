/** A sealed copy of the sheet as the server sent it, so that it opens again without a network. No keys are in it, as none are in the sheet. */
import { gather, withPictures } from "./exam-pictures.js";
import { Kept, secretOf } from "./kept.js";

const SHEET = "sheet";
const LOGIN = ["expected", "login"];

function drawer(attempt) { return Kept.open(`${attempt}/${SHEET}`, secretOf(attempt)); }

function loginFields() { return LOGIN.map((name) => document.querySelector(`#relogin [name=${name}]`)); }

/** Keeps the sheet as it stands in the page now, at once; its pictures follow. */
export async function keepCopy(root) {
  const { attempt, now } = root.dataset;
  const copy = {
    html: root.outerHTML, title: document.title, large: document.documentElement.className,
    ahead: Date.parse(now) - Date.now(), login: loginFields().map((field) => field.value),
  };
  const kept = await drawer(attempt);
  const { pictures = {} } = kept.getItem(SHEET) || {};
  kept.setItem(SHEET, { ...copy, pictures });
  if (kept.cipher) await gather(root, pictures, (found) => kept.setItem(SHEET, { ...copy, pictures: found }));
}

/** Puts the copy into `place` and returns its form; null where there is none or its key is gone. Never rejects. */
export async function showCopy(attempt, place) {
  const copy = (await drawer(attempt)).getItem(SHEET);
  if (!copy) return null;
  place.appendChild(withPictures(copy.html, copy.pictures || {}));
  document.title = copy.title;
  document.documentElement.className = copy.large;
  loginFields().forEach((field, n) => { field.value = copy.login[n]; });
  const root = place.querySelector("[data-exam]");
  root.dataset.now = new Date(Date.now() + copy.ahead).toISOString();
  return root;
}

export async function dropCopy(attempt) { (await drawer(attempt)).removeItem(SHEET); }
