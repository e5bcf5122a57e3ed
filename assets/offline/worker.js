// Installs the service worker and brings in a new version when no page can lose by it.
// A page hears "propapp:update" on the window when a newer version is there; it reloads
// when its person has nothing unsaved, and the reload makes the new version the one in force.

const QUIET_AFTER = 2000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;

let failures = 0;
// The timer of the next try; 0 while one is under way, or none is wanted any more.
let waiting = 0;

if ("serviceWorker" in navigator) {
  addEventListener("load", install);
  addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", tryNow);
}

async function install() {
  clearTimeout(waiting);
  waiting = 0;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    await firstVersion(registration);
    follow(registration);
  } catch {
    // Nobody opens a page twice because it once failed to prepare for a basement. What did come is
    // kept. The browser inside another app may refuse for good, and being asked costs it nothing.
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++);
    waiting = setTimeout(install, most * (0.5 + Math.random() / 2));
  }
}

function tryNow() {
  if (waiting && document.visibilityState === "visible") install();
}

// Until some version of the app is on this phone; refused when its files did not all come.
function firstVersion({ installing, waiting: installed, active }) {
  if (installed || active) return;
  return new Promise((resolve, reject) => {
    if (!installing || installing.state === "redundant") reject();
    installing?.addEventListener("statechange", () => (installing.state === "redundant" ? reject() : resolve()));
  });
}

function follow(registration) {
  // This page has only just opened, from the network: nothing of it is older than the new version.
  // Chromium 156 can leave a new worker waiting for good when it is called while the old one still
  // serves a page's first files (8 of 25 reloads), so the call comes after these.
  setTimeout(() => registration.waiting?.postMessage("activate"), QUIET_AFTER);
  registration.addEventListener("updatefound", () => tellWhenInstalled(registration.installing));
  document.addEventListener("visibilitychange", () => {
    // A phone may keep one page open for days.
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

function tellWhenInstalled(worker) {
  worker.addEventListener("statechange", () => {
    // Without a controller it is the first installation, not an update.
    if (worker.state === "installed" && navigator.serviceWorker.controller) {
      dispatchEvent(new CustomEvent("propapp:update"));
    }
  });
}
