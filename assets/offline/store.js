// The only file that touches IndexedDB: one database for each person, mirrored in memory for the pages.
import { openDB } from "idb";
import { forget } from "./core/forget.js";
import { NotSaved } from "./core/log.js";

const KEYS = { ops: "no", photos: "sha256", bytes: "sha256", drafts: "key", meta: "key", snapshot: "key" };
const MIRRORED = ["ops", "photos", "drafts", "meta"];
// What a later version changes it adds to: whatever an earlier one has put here stays as it is.
const VERSION = 1;
const FULL = "not_saved";
const LOST_CONNECTION = ["InvalidStateError", "AbortError", "UnknownError"];

/** Open the database of a person; `onChange` is told after each change, also of other tabs. */
export async function openStore(person, onChange) {
  const name = `propapp-${person}`;
  const store = {
    name, db: null, closed: false, mirror: newMirror(), shown: new Map(), channel: channelOf(name), onBlocked: () => onChange("blocked"),
    write: (names, work, options) => write(store, names, work, options, onChange),
    read: (names, work) => withDb(store, (db) => transact(db, names, "readonly", {}, work)),
    show: (draft) => (store.shown.set(draft.key, draft), store.mirror.drafts.set(draft.key, draft), onChange("drafts")),
    close: () => ((store.closed = true), store.db?.close(), store.channel?.close()),
  };
  if (store.channel) store.channel.onmessage = ({ data }) => void heard(store, data, onChange);
  await load(store);
  return store;
}

const newMirror = () => ({ ops: new Map(), photos: new Map(), drafts: new Map(), meta: new Map() });

const channelOf = (name) => (typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name));

async function connect(store) {
  // An update in another tab must not wait for this one.
  const gone = { blocking: () => drop(store), terminated: () => drop(store) };
  store.db = await openDB(store.name, VERSION, { upgrade: build, blocked: store.onBlocked, ...gone }).catch((error) => {
    if (error?.name !== "VersionError") throw error;
    // A newer version in another tab has added something; what this one knows is there as before.
    return openDB(store.name, undefined, gone);
  });
  return store.db;
}

function drop(store) {
  store.db?.close();
  store.db = null;
}

function build(db) {
  for (const [name, keyPath] of Object.entries(KEYS)) {
    if (db.objectStoreNames.contains(name)) continue;
    const made = db.createObjectStore(name, { keyPath });
    if (name === "ops" || name === "photos") made.createIndex("state", "state");
  }
}

// The system may close the connection at any time; the work is then done again on a new one.
async function withDb(store, work) {
  try {
    return await work(store.db ?? (await connect(store)));
  } catch (error) {
    if (store.closed || !LOST_CONNECTION.includes(error?.name)) throw translated(error);
    drop(store);
    return await work(await connect(store)).catch((again) => Promise.reject(translated(again)));
  }
}

function translated(error) {
  return error?.name === "QuotaExceededError" ? new NotSaved(FULL) : error;
}

async function transact(db, names, mode, options, work) {
  const tx = db.transaction(names, mode, options);
  // A refused promise that nobody waits for would reach Reflex as an event and block its queue.
  tx.done.catch(() => {});
  try {
    const result = await work(port(tx));
    await tx.done;
    return result;
  } catch (error) {
    undo(tx);
    await tx.done.catch(() => {});
    throw tx.error ?? error;
  }
}

function undo(tx) {
  try {
    tx.abort();
  } catch {
    // It was over already.
  }
}

function port(tx) {
  return {
    get: (name, key) => tx.objectStore(name).get(key),
    all: (name) => tx.objectStore(name).getAll(),
    inState: (name, state) => tx.objectStore(name).index("state").getAll(state),
    put: async (name, record) => void (await tx.objectStore(name).put(record)),
    remove: (name, key) => tx.objectStore(name).delete(key),
  };
}

// A full phone gives back once what the house has in its backup; what still finds no room was not saved.
function write(store, names, work, options, onChange) {
  const once = (stores, change, how) => writeOnce(store, stores, change, how, onChange);
  return once(names, work, options).catch(async (error) => {
    if (!(error instanceof NotSaved) || error.code !== FULL) throw error;
    await forget({ mirror: store.mirror, write: once }, Date.now(), true);
    return once(names, work, options);
  });
}

async function writeOnce(store, names, work, { strict = false } = {}, onChange) {
  let changes = [];
  const durability = strict ? "strict" : "default";
  const result = await withDb(store, (db) => {
    changes = [];
    return transact(db, names, "readwrite", { durability }, (tx) => work(noting(tx, changes)));
  });
  mirrorChanges(store, changes);
  store.channel?.postMessage({ changed: true });
  onChange("store");
  return result;
}

function noting(tx, changes) {
  const note = (name, key, record) => MIRRORED.includes(name) && changes.push([name, key, record]);
  return {
    ...tx,
    put: (name, record) => (note(name, record[KEYS[name]], record), tx.put(name, record)),
    remove: (name, key) => (note(name, key, undefined), tx.remove(name, key)),
  };
}

function mirrorChanges(store, changes) {
  for (const [name, key, record] of changes) {
    if (name === "drafts" && (!record || store.shown.get(key) === record)) store.shown.delete(key);
    if (record === undefined) store.mirror[name].delete(key);
    else store.mirror[name].set(key, record);
  }
  showAgain(store);
}

// What was shown and is not on the disk yet stays, whatever the disk says meanwhile.
function showAgain({ mirror, shown }) {
  for (const [key, draft] of shown) mirror.drafts.set(key, draft);
}

async function heard(store, data, onChange) {
  if (data.locked) return onChange("locked");
  if (data.changed && !store.closed) await load(store).catch(() => {});
  onChange(data.changed ? "store:elsewhere" : "sync", data.sync);
}

async function load(store) {
  const fresh = newMirror();
  await withDb(store, (db) => transact(db, MIRRORED, "readonly", {}, async (tx) => {
    for (const name of MIRRORED) {
      for (const record of await tx.all(name)) fresh[name].set(record[KEYS[name]], record);
    }
  }));
  store.mirror = fresh;
  showAgain(store);
}

/** The little that belongs to the phone itself: who works with it now, who did before, what is locked. */
export async function onDevice(key, ...change) {
  const db = await openDB("propapp-device", 1, { upgrade: (fresh) => fresh.createObjectStore("meta") });
  try {
    if (change.length > 0) await db.put("meta", change[0], key);
    return (await db.get("meta", key)) ?? null;
  } finally {
    db.close();
  }
}

/** Who works here now; whoever ever did is remembered, for their work may still wait. */
export async function currentPerson(...change) {
  const known = change[0] ? await peopleHere() : [];
  if (change[0] && !known.includes(change[0])) await onDevice("people", [...known, change[0]]);
  return onDevice("person", ...change);
}

export const peopleHere = async () => (await onDevice("people")) ?? [];
