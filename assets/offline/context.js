// The one instance behind all pages: what they may look at, how they say so, how a draft is kept.
import { NotSaved } from "./core/log.js";
import { makeEngine } from "./engine.js";
import { persist } from "./upkeep.js";
import { photoUrl } from "./photo_urls.js";

export { random } from "./engine.js";

export const inBrowser = typeof window !== "undefined";

/** Where the pages stand. */
export const routes = { run: "/run?run=", sign_in: "/sign-in" };

const listeners = new Set();
let version = 0;
let built = { version: -1, minute: 0, world: null };

/** What belongs to the open page only and is not kept. */
export const page = {
  filter: "", order: "", reported: "", scan: null, hand: false, hand_reason: "", problem: "", rows: {}, seen: new Set(),
  place: null, app: null, about: null, leaving: false, refused: "", first: false, shown: false,
};

export const engine = makeEngine(changed);

export function changed() {
  version++;
  for (const listener of listeners) listener();
}

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The world as views see it; made anew only when something in it changed or a minute has passed. */
export function world() {
  const minute = Math.floor(Date.now() / 30_000);
  if (built.version !== version || built.minute !== minute) built = { version, minute, world: newWorld() };
  return built.world;
}

function newWorld() {
  const mirror = engine.store?.mirror;
  return {
    snapshot: engine.snapshot, askedAt: engine.askedAt, now: Date.now(), sync: engine.sync, photoUrl: urlOf, page,
    ops: mirror ? [...mirror.ops.values()].sort((a, b) => a.no - b.no) : [], loaded: engine.loaded,
    cleared: mirror ? clearing(mirror.meta) : null, photos: mirror?.photos ?? new Map(), drafts: mirror?.drafts ?? new Map(),
  };
}

// What was cleared here, and whether the server has answered to it; until then nobody in the office knows.
function clearing(meta) {
  const cleared = meta.get("cleared")?.value;
  return cleared ? { ...cleared, told: !meta.get("lost")?.value } : null;
}

const urlOf = (sha256, here, form) => photoUrl(sha256, here ? engine.store : null, form, changed);

export const parameter = (name) => (inBrowser ? new URLSearchParams(location.search).get(name) ?? "" : "");

/** A plain load: the service worker answers it without a network, and no Reflex event is queued. */
export const go = (path) => location.assign(path);

/**
 * Run what a tap asks for. What could not be kept is said; nothing is thrown at the page, because an
 * error nobody caught becomes a Reflex event that blocks all others until the server is back.
 */
export function action(work) {
  return (...given) => Promise.resolve().then(() => work(...given)).catch(notSaved);
}

/** The same, for what must not happen twice when a finger taps twice. */
export function once(work) {
  let busy = false;
  return action(async (...given) => {
    if (busy) return;
    busy = true;
    page.problem = "";
    try {
      await work(...given);
    } finally {
      busy = false;
    }
  });
}

function notSaved(error) {
  page.problem = error instanceof NotSaved ? error.code : "not_saved";
  console.error(error);
  changed();
}

/** A text input tells its value or the bare event, as the page has it. */
export const typed = (value) => String(value?.target?.value ?? value ?? "");

const writing = new Map();

/** Show a draft at once and keep it at once; quick keystrokes share a write, the last one counts. */
export function saveDraft(draft) {
  engine.store.show(draft);
  const before = writing.get(draft.key);
  if (before) {
    before.next = draft;
    return before.done;
  }
  const entry = { next: draft, done: null };
  writing.set(draft.key, entry);
  entry.done = writeOut(engine.store, draft.key, entry);
  return entry.done;
}

async function writeOut(store, key, entry) {
  try {
    while (entry.next) {
      const draft = entry.next;
      entry.next = null;
      await store.write(["drafts"], (tx) => tx.put("drafts", draft), { strict: true });
    }
  } finally {
    writing.delete(key);
  }
}

const written = (key) => writing.get(key)?.done ?? Promise.resolve();

const queues = new Map();

/** Write this draft by other means than `saveDraft`; what is changed in it meanwhile is changed afterwards. */
export const holdDraft = (key, work) => queued(key, () => written(key).then(work));

/** Change the draft as it is: at once, or when what else is writing it has come to its end. Nothing is no change. */
export function changeDraft(find, change) {
  const { key } = find();
  const work = () => {
    const draft = change(find());
    return draft ? saveDraft(draft) : Promise.resolve();
  };
  return queues.has(key) ? queued(key, work) : work();
}

function queued(key, work) {
  const turn = (queues.get(key) ?? Promise.resolve()).then(work);
  // Whoever comes next goes on also where this came to nothing.
  const end = turn.catch(() => {}).then(() => queues.get(key) === end && queues.delete(key));
  queues.set(key, end);
  return turn;
}

/** Wait until the draft is on the disk, so that what is made from it cannot be overtaken. */
export const settled = (key) => queues.get(key) ?? written(key);

/** After a capture: send it soon, and ask the browser to keep our things. */
export function captured() {
  engine.loop?.wake();
  void persist(engine).catch(() => {});
}
