{% comment %}The service worker, from portal.views.app. facts: JSON of version, offline and sheet (addresses of pages), sheets (where sheets lie), kept (static files by hashed name).{% endcomment %}/**
 * One thing only: where a page cannot be fetched, say so in the reader's language instead of the browser's error.
 * It keeps that page and what it is drawn with, nothing of anybody's; every page and every answer comes from the network.
 * For the sheet of a running exam it has an empty one, which opens the sealed copy on this device (js/exam-offline.js).
 * The content desk is left alone altogether.
 */
const FACTS = {{ facts|safe }};
const NAME = `offline-${FACTS.version}`;
const ALONE = "/cms/";
const AWAY = 502;

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([FACTS.offline, FACTS.sheet, ...FACTS.kept].map((url) => new Request(url, { credentials: "omit", cache: "reload" })));
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
}

async function page(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch (error) {
    return (await caches.match(FACTS.offline)) || Response.error();
  }
}

/** The server itself, or nothing that could be a sheet: then the empty one stands in. */
async function sheet(event) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    if (answer.status < AWAY) return answer;
  } catch (error) {
    // no network
  }
  return (await caches.match(FACTS.sheet)) || Response.error();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname.startsWith(FACTS.sheets)) event.respondWith(sheet(event));
    else if (!url.pathname.startsWith(ALONE)) event.respondWith(page(event));
  } else if (FACTS.kept.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(url.pathname)) || Response.error()));
  }
});
