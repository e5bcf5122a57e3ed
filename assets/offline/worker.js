// Installs sw.js and brings in a new version. Sent as it is with every page: the reasons stand in sw.js.

const QUIET_AFTER = 2000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;

let failures = 0;
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
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++);
    waiting = setTimeout(install, most * (0.5 + Math.random() / 2));
  }
}

function tryNow() {
  if (waiting && document.visibilityState === "visible") install();
}

function firstVersion({ installing, waiting: installed, active }) {
  if (installed || active) return;
  return new Promise((resolve, reject) => {
    if (!installing || installing.state === "redundant") reject();
    installing?.addEventListener("statechange", () => (installing.state === "redundant" ? reject() : resolve()));
  });
}

function follow(registration) {
  navigator.serviceWorker.ready.then(({ active }) => navigator.serviceWorker.controller || active.postMessage("claim"));
  setTimeout(() => registration.waiting?.postMessage("activate"), QUIET_AFTER);
  registration.addEventListener("updatefound", () => tellWhenInstalled(registration.installing));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

function tellWhenInstalled(worker) {
  worker.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) {
      dispatchEvent(new CustomEvent("propapp:update"));
    }
  });
}
