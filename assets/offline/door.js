// The way in and out, and the app as a thing on the phone.
import { action, changed, engine, go, once, page, parameter, routes, world } from "./context.js";
import { call } from "./transport.js";
import { APP, DOOR } from "./core/views/empty.js";
import { sync } from "./core/views/sync.js";
import { sayNext } from "./upkeep.js";

/** The sign-in page: whether this is the demo, and whose phone it was last. */
export function door() {
  const about = page.about ?? {};
  return {
    ...DOOR, demo: Boolean(about.demo), password: about.password ?? "", accounts: about.accounts ?? [],
    error: error(), first: page.first || aboutNew(parameter("error")), shown: page.shown, saved: parameter("saved"),
    next: parameter("next"), online: page.reachable !== false,
    last_person: world().snapshot?.me.name ?? "", leaving: page.leaving,
  };
}

const error = () => page.refused || parameter("error");
// Refused for the sake of the new password: what was typed stays, and another is asked for.
const aboutNew = (code) => code === "first_password" || code.startsWith("password_");

/** Knocks without leaving the page, so that what was typed stays; with no answer the browser itself goes. */
const enter = once(async (form) => {
  const answer = await call({
    method: "POST", path: "sign-in", bytes: new URLSearchParams(new FormData(form)).toString(),
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
  }).catch(() => null);
  if (answer?.json?.home) return go(answer.json.home);
  const code = answer?.json?.error?.code;
  if (!code) return form.submit();
  page.refused = code;
  page.first ||= aboutNew(code);
  changed();
  if (page.first) requestAnimationFrame(() => document.getElementById("new-password")?.focus());
});

export const showPassword = action(() => {
  page.shown = !page.shown;
  changed();
});

async function askAbout() {
  const answer = await call({ method: "GET", path: "about" }).catch(() => null);
  page.reachable = answer !== null && answer.status < 500;
  if (answer?.json?.server === "propapp") page.about = answer.json;
  changed();
}

/** Fills and sends the page's own form: the demo's people sign in as everybody does. */
export const signInAs = action((username) => {
  const form = document.getElementById("sign-in");
  form.elements.namedItem("username").value = username;
  form.elements.namedItem("password").value = page.about?.password ?? "";
  form.requestSubmit();
});

/** The way out: asks first when something has not been sent yet. */
export const leave = action(async () => {
  await engine.ready;
  if (sync(world()).unsent === 0) return signOut();
  page.leaving = true;
  changed();
});

export const stay = action(() => {
  page.leaving = false;
  changed();
});

/** Locks the phone: what was not sent stays here for this person and is sent when they come back. */
export const signOut = action(async () => {
  await engine.lock();
  go(routes.sign_in);
});

/** From the bare address to where this person's work is. */
export const goHome = action(async () => {
  await engine.ready;
  location.replace(world().snapshot?.me.home || routes.sign_in);
});

let invitation = null;

const standalone = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const apple = () => /iPhone|iPad|iPod/.test(navigator.userAgent);

export const app = () => page.app ?? APP;

function show(change) {
  page.app = { ...app(), ...change };
  changed();
}

export const installApp = action(async () => {
  await invitation?.prompt();
  invitation = null;
  show({ can_install: false });
});

// Nothing is lost by it: every keystroke is in a draft.
export const updateApp = action(() => location.reload());

export function listen() {
  show({ installed: standalone(), ios: apple() && !standalone() });
  addEventListener("propapp:update", () => show({ update_ready: true }));
  addEventListener("appinstalled", () => show({ installed: true, can_install: false }));
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    invitation = event;
    show({ can_install: true });
  });
  if (!location.pathname.startsWith(routes.sign_in)) return;
  // Who signs in has no ended session any more, and is not told of one on the next page.
  addEventListener("submit", (event) => {
    sayNext({ ...engine.sync, word: "none" });
    if (event.target.id !== "sign-in") return;
    event.preventDefault();
    void enter(event.target);
  });
  void askAbout();
}
