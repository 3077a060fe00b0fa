/** The drawer of this browser in which sittings keep sealed things; js/forget.js throws it away when somebody logs out. */
export const DATABASE = "lidian-exams";
const DRAWER = "kept";
const PATIENCE = 3000;

let opening = null;

function answered(request) {
  return new Promise((resolve, reject) => {
    Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) });
  });
}

function late() {
  return new Promise((resolve, reject) => { setTimeout(() => reject(new Error("the drawer does not open")), PATIENCE); });
}

function opened() {
  if (opening) return opening;
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(DRAWER);
  opening = Promise.race([answered(request), late()]).then((database) => {
    Object.assign(database, { onversionchange: () => database.close(), onclose: () => { opening = null; } });
    return database;
  });
  opening.catch(() => { opening = null; });
  return opening;
}

export async function read(name) {
  return answered((await opened()).transaction(DRAWER).objectStore(DRAWER).get(name));
}

/** Resolves when it is on the disk; `value` null removes. Rejects where nothing may be stored. */
export async function write(name, value) {
  const work = (await opened()).transaction(DRAWER, "readwrite", { durability: "strict" });
  const drawer = work.objectStore(DRAWER);
  if (value === null) drawer.delete(name);
  else drawer.put(value, name);
  return new Promise((resolve, reject) => {
    Object.assign(work, { oncomplete: resolve, onabort: () => reject(work.error), onerror: () => reject(work.error) });
  });
}
