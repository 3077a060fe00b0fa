/** Logging in again in place: the page stays, its work goes on. One dialog at a time, however many requests met the 401. */
import { close, open } from "./dialog.js";
import { postForm, renewCsrfFields } from "./http.js";

let waiting = null;

function problem(data, form) {
  if (data.error) return data.error;
  const found = data.form || {};
  const errors = [].concat(found.errors || [], ...Object.keys(found.fields || {}).map((name) => found.fields[name].errors || []));
  return errors[0] || form.dataset.textOffline;
}

async function attempt(dialog, form, url) {
  const button = form.querySelector("button");
  button.disabled = true;
  const { status, data } = await postForm(url, {
    login: form.elements.login.value, password: form.elements.password.value, expected: form.elements.expected.value,
  });
  button.disabled = false;
  if (status === 200) {
    form.elements.password.value = "";
    renewCsrfFields(data.csrf);
    close(dialog, "done");
    return;
  }
  const error = form.querySelector("[data-relogin-error]");
  error.textContent = problem(data, form);
  error.hidden = false;
  form.elements.password.focus();
}

/** Resolves once the person is logged in again. */
export function login(url) {
  if (waiting) return waiting;
  const dialog = document.getElementById("relogin");
  const form = dialog.querySelector("form");
  form.querySelector("[data-relogin-error]").hidden = true;
  form.onsubmit = (event) => { event.preventDefault(); attempt(dialog, form, url); };
  waiting = open(dialog, true).then(() => { waiting = null; });
  form.elements.password.focus();
  return waiting;
}

/** Wraps a post so that a 401 asks for the password and the request is then sent again, unchanged. */
export function loggedIn(post, url) {
  return async function postLoggedIn(...request) {
    let answer = await post(...request);
    while (answer.status === 401) {
      await login(url);
      answer = await post(...request);
    }
    return answer;
  };
}
