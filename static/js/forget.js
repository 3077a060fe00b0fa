/**
 * Obeys the order that logging out leaves as a cookie: what this browser stored for the last person goes (shared phones).
 * Browsers obey the header Clear-Site-Data over TLS only, and a station's own network may have none.
 */
import { DATABASE } from "./vault.js";

const ORDER = "forget=";

if (document.cookie.split("; ").some((cookie) => cookie.indexOf(ORDER) === 0)) {
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
    window.indexedDB.deleteDatabase(DATABASE);
  } catch (error) {
    // Where nothing may be stored, nothing is left.
  }
  document.cookie = `${ORDER}; Max-Age=0; Path=/; SameSite=Lax`;
}
