// Room on the phone: asking to keep it, measuring it, and giving back what the server has had for long.
import { openDB } from "idb";
import { told } from "./core/overlay.js";
import { peopleHere } from "./store.js";

const MEGABYTE = 1024 * 1024;

const EMPTY_SYNC = {
  word: "none", online: true, clock_suspect: false, lost: 0, last_contact: "", progress: null, photo: "", others: 0,
  storage: { unkept: false, persisted: false, used: 0, free: 0, level: "ok" },
};

const SAID = "propapp-said";

/** What is noted outside the database; null where nothing is, or the browser keeps no notes. */
export function readNote(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Note this, unless it is noted already. */
export function keepNote(key, note) {
  const text = JSON.stringify(note);
  try {
    if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
  } catch {
    // Full, or forbidden.
  }
}

/** What the page before this one had found out: a notice that comes late pushes away what a thumb is already on. */
export function lastSaid() {
  const { word = "none", unkept = false } = readNote(SAID) ?? {};
  return { ...EMPTY_SYNC, word, storage: { ...EMPTY_SYNC.storage, unkept } };
}

/** Write it down for the next page. */
export function sayNext({ word, storage: { unkept, persisted } }) {
  keepNote(SAID, { word: word === "sign_in" ? word : "none", unkept: unkept && !persisted });
}

/** How much room there is, and whether the browser promised to keep it when it was `asked`; said at once. */
export async function measure(engine, { asked = false } = {}) {
  const found = await room();
  const storage = { ...engine.sync.storage, ...found };
  // What is said stays said until the next page, should the browser promise it meanwhile.
  if (asked && !storage.persisted) storage.unkept = true;
  engine.sync.storage = storage;
  sayNext(engine.sync);
  engine.onChange();
}

// Below 50 MB only words are safe.
async function room() {
  if (!navigator.storage?.estimate) return {};
  const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([
    navigator.storage.estimate(), navigator.storage.persisted?.() ?? false,
  ]);
  const free = Math.max(0, quota - usage);
  const level = free < 50 * MEGABYTE ? "red" : usage > quota * 0.8 ? "amber" : "ok";
  return { persisted, used: usage, free, level };
}

/** Below 50 MB no more photos are taken: words must still fit. */
export async function roomForPhoto(engine) {
  await measure(engine);
  return engine.sync.storage.level !== "red";
}

/** How many things of other people are left on this phone; what they are is nobody's business here. */
export async function countOthers(engine) {
  const others = (await peopleHere()).filter((person) => person !== engine.person);
  const counts = await Promise.all(others.map((person) => leftIn(`propapp-${person}`).catch(() => NOTHING)));
  engine.sync.others = counts.reduce((sum, { waiting, attention }) => sum + waiting + attention, 0);
  engine.onChange();
}

const NOTHING = { waiting: 0, attention: 0 };

/** How many things wait in this database and can be sent. */
export const waitingIn = async (name) => (await leftIn(name)).waiting;

/** How many things of this database wait, and how many others need their person. */
export const leftIn = (name) => within(name, async (db) => {
  const [waiting, attention] = await Promise.all(["saved", "attention"].map((state) => numbersIn(db, state)));
  return { waiting: waiting.size, attention: [...attention].filter((no) => !waiting.has(no)).length };
});

// A thing with three photos on their way is one thing.
async function numbersIn(db, state) {
  const found = await Promise.all(["ops", "photos"].map((store) => db.getAllFromIndex(store, "state", state)));
  return new Set(found.flat().filter((one) => !told(one)).map(({ no }) => no));
}

/** Look into a database; it is not made when it is not there. */
export async function within(name, look) {
  const db = await openDB(name, undefined, { upgrade: (_, __, ___, tx) => tx.abort() });
  try {
    return await look(db);
  } finally {
    db.close();
  }
}

/** A new start is a new chance for what the server would not take before; it may be another server by now. */
export async function tryRefusedAgain(store) {
  const refused = [...store.mirror.ops.values()].filter((op) => op.state === "attention" && op.refused);
  if (refused.length === 0) return;
  await store.write(["ops"], async (tx) => {
    for (const op of refused) await tx.put("ops", { ...op, state: "saved", refused: false });
  });
}

/** Ask the browser not to throw our things away: when somebody works here, and again with each thing kept. */
export async function persist(engine) {
  if (engine.sync.storage.persisted) return;
  // A browser that cannot be asked has promised nothing either.
  await navigator.storage?.persist?.().catch(() => {});
  await measure(engine, { asked: true });
}
