// The service worker: opens PropApp without a network, and decides nothing else.
//
// What worker.js does with it, and why:
// - A first installation that fails is tried again by the open page, for nobody opens a page twice
//   because it once failed to prepare for a basement. What did come is kept. The browser inside
//   another app may refuse for good, and being asked costs it nothing. `waiting` is the timer of
//   the next try; 0 while one is under way, or none is wanted any more.
// - A page hears "propapp:update" on the window when a newer version is there; it reloads when its
//   person has nothing unsaved, and the reload makes the new version the one in force. Without a
//   controller it is the first installation, not an update.
// - A page that has only just opened came from the network: nothing of it is older than the new
//   version. Chromium 156 can leave a new worker waiting when it is called while the old one still
//   serves a page's first files (8 of 25 reloads), so the call comes after these. To call it again
//   changes nothing; the next page that is opened mostly does (4 of 5).
// - A page that was on its way while the first version began is passed over by it, and would stay
//   without its files when the network goes. It asks to be taken in.
// - A phone may keep one page open for days, so each return to it asks for a new version.
//
// The build writes the list of what to keep in place of the line below.
const MANIFEST = "__MANIFEST__";

const CACHE = `propapp-${MANIFEST.version}`;
const PATIENCE = 3000;
const NEVER = ["/api/", "/_event", "/_upload", "/_health", "/ping"];
// Reflex answers with "Vary: Origin", and modules are asked for with an Origin, pages without.
const ANY = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("message", (event) => {
  // A new version waits until the page says so: nothing unsent is lost to a reload.
  if (event.data === "activate") event.waitUntil(self.skipWaiting());
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (NEVER.some((path) => url.pathname === path.replace(/\/$/, "") || url.pathname.startsWith(path))) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else event.respondWith(file(event.request, url));
});

// One missing file fails the whole: half a version must never be taken for one.
async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(MANIFEST.files.map((url) => keepFile(cache, url)));
  await Promise.all(MANIFEST.pages.map((url) => fetchInto(cache, url)));
}

async function keepFile(cache, url) {
  // A hashed file is the same in every version: take it from an older cache rather than the network.
  const known = url.startsWith("/assets/") && (await caches.match(url, ANY));
  if (known) await cache.put(url, known);
  else await fetchInto(cache, url);
}

// On a weak network one of two hundred fails easily, and all of them would have to come again.
async function fetchInto(cache, url, tries = 3) {
  try {
    const answer = await fetch(url, { cache: url.startsWith("/assets/") ? "default" : "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
    await cache.put(url, answer);
  } catch (error) {
    if (tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await fetchInto(cache, url, tries - 1);
  }
}

// The version before this one stays, for a page of it may still be open somewhere.
async function forgetOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith("propapp-") && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The newest page if the network is quick enough, else the one kept.
function page(request, url) {
  const path = url.pathname.replace(/(.)\/$/, "$1");
  return newest(request, async () => (await match(path)) || (await match("/__spa-fallback.html")));
}

// A hashed file never changes; any other is asked for anew, like a page.
async function file(request, url) {
  if (!url.pathname.startsWith("/assets/")) return newest(request, () => match(url.pathname));
  return (await match(url.pathname)) || fetch(request);
}

async function newest(request, kept) {
  const network = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(kept);
  // With nothing kept there is only the network to wait for, however slow.
  return (await Promise.race([network.then(sound).catch(kept), late])) || network;
}

// A gateway that answers for a dead server is no answer.
function sound(answer) {
  if (answer.status >= 502 && answer.status <= 504) throw new Error(String(answer.status));
  return answer;
}

// This version's own copy first; else whatever an older version kept.
async function match(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, ANY)) || caches.match(path, ANY);
}
