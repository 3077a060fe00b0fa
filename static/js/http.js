/**
 * Talking to our server. Only a JSON reply counts as an answer: what a captive portal, a proxy or a log-in page sends back
 * comes out as status 0, the same as no network.
 */
const TIMEOUT = 20000;

/** The CSRF token as it is now: logging in again changes it, so it is read from the cookie each time. */
export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
  if (cookie) return decodeURIComponent(cookie[1]);
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

/** After a new log-in the forms already on the page would be refused with their old token. */
export function renewCsrfFields(token = csrfToken()) {
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
}

async function reply(response) {
  const type = response.headers.get("Content-Type") || "";
  if (response.type === "opaqueredirect" || !/\bjson\b/.test(type)) return { status: response.ok ? 0 : response.status, data: {} };
  return { status: response.status, data: await response.json() };
}

async function send(url, options) {
  const abort = typeof AbortController === "function" ? new AbortController() : null;
  const timer = abort ? setTimeout(() => abort.abort(), TIMEOUT) : 0;
  try {
    return await reply(await fetch(url, Object.assign({ method: "POST", credentials: "same-origin", redirect: "manual", signal: abort ? abort.signal : undefined }, options)));
  } catch (error) {
    return { status: 0, data: {} };
  } finally {
    clearTimeout(timer);
  }
}

/** Posts JSON. Resolves to {status, data}; never rejects. `keepalive` lets the request outlive the page. */
export function postJson(url, body, keepalive) {
  return send(url, {
    body: JSON.stringify(body),
    keepalive: Boolean(keepalive),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
  });
}

/** Posts a form the way a page without scripts would, but asks for a JSON reply. */
export function postForm(url, fields) {
  return send(url, {
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": csrfToken() },
  });
}
