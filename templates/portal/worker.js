{% comment %}The service worker, from portal.views.app. facts: JSON of version, offline (address of a page), kept (static files by hashed name).{% endcomment %}/**
 * One thing only: where a page cannot be fetched, say so in the reader's language instead of the browser's error.
 * It keeps that page and what it is drawn with, nothing of anybody's; every page and every answer comes from the network.
 * The sheet of a running exam and the content desk are left alone altogether.
 */
const FACTS = {{ facts|safe }};
const NAME = `offline-${FACTS.version}`;
const ALONE = ["/exams/sitting/", "/cms/"];

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([FACTS.offline, ...FACTS.kept].map((url) => new Request(url, { credentials: "omit", cache: "reload" })));
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
    if (!ALONE.some((path) => url.pathname.startsWith(path))) event.respondWith(page(event));
  } else if (FACTS.kept.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(url.pathname)) || Response.error()));
  }
});
