// A disk that behaves like IndexedDB: a transaction is all or nothing, and what was not asked to be
// strict may still be lost when the power goes.
import { KEYS } from "./keys.mjs";

export class QuotaExceeded extends Error {
  constructor() {
    super("QuotaExceededError");
    this.code = "not_saved";
  }
}

// Records are flat and what they hold is never changed in place, so one level is enough.
const copy = (record) => (record === undefined ? undefined : { ...record });

export function makeDisk() {
  const disk = {
    stores: Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()])),
    // Changes that were committed but not forced down yet, oldest first.
    loose: [],
    // When whoever writes or reads now is done with it.
    turn: Promise.resolve(),
    copy: () => Object.fromEntries(Object.entries(disk.stores).map(([name, store]) => [name, new Map(store)])),
    goBack: (copy) => {
      disk.loose = [];
      disk.stores = Object.fromEntries(Object.entries(copy).map(([name, store]) => [name, new Map(store)]));
    },
    /** The power goes: of what was not forced down, a random beginning has reached the disk. */
    powerCut: (random) => undo(disk, random),
  };
  return disk;
}

function undo(disk, random) {
  const kept = Math.floor(random() * (disk.loose.length + 1));
  for (const commit of disk.loose.splice(kept).reverse()) {
    for (const [name, key, before] of commit.reverse()) put(disk, name, key, before);
  }
  disk.loose = [];
}

function put(disk, name, key, record) {
  if (record === undefined) disk.stores[name].delete(key);
  else disk.stores[name].set(key, record);
}

/**
 * The store that the client core works with, over this disk.
 * @param {ReturnType<typeof makeDisk>} disk
 * @param {{step?: () => Promise<void>, mayWrite?: (staged: any[]) => void, written?: (staged: any[]) => void, gone?: Promise<void>}} hooks
 */
export function openDisk(disk, { step = async () => {}, mayWrite = () => {}, written = () => {}, gone = new Promise(() => {}) } = {}) {
  // Writers wait for each other, of whatever page they are, as IndexedDB makes them; whoever is killed
  // in the middle of it keeps nobody waiting.
  const alone = (work) => {
    const mine = disk.turn.then(work);
    disk.turn = Promise.race([mine.catch(() => {}), gone]);
    return mine;
  };
  return {
    read: (_, work) => alone(async () => {
      await step();
      return work(reader(disk, new Map(), step));
    }),
    write: (_, work, options = {}) => alone(() => commit(disk, work, options, { step, mayWrite, written })),
  };
}

async function commit(disk, work, { strict = false }, { step, mayWrite, written }) {
  await step();
  const staged = new Map();
  const result = await work(writer(disk, staged, step));
  mayWrite([...staged.values()]);
  await step();
  const before = [...staged.values()].map(({ name, key }) => [name, key, disk.stores[name].get(key)]);
  for (const { name, key, record } of staged.values()) put(disk, name, key, record);
  if (strict) disk.loose = [];
  else disk.loose.push(before);
  written([...staged.values()]);
  await step();
  return result;
}

function reader(disk, staged, step) {
  const look = (name) => {
    if (staged.size === 0) return disk.stores[name].values();
    const all = new Map(disk.stores[name]);
    for (const change of staged.values()) {
      if (change.name === name) change.record === undefined ? all.delete(change.key) : all.set(change.key, change.record);
    }
    return all.values();
  };
  const inState = (name, state) => {
    const found = [];
    for (const record of look(name)) if (record.state === state) found.push(copy(record));
    return found;
  };
  const one = (name, key) => {
    const change = staged.get(`${name}\n${key}`);
    return change ? change.record : disk.stores[name].get(key);
  };
  return {
    get: async (name, key) => (await step(), copy(one(name, key))),
    all: async (name) => (await step(), Array.from(look(name), copy)),
    inState: async (name, state) => (await step(), inState(name, state)),
  };
}

function writer(disk, staged, step) {
  const stage = async (name, key, record) => {
    await step();
    staged.set(`${name}\n${key}`, { name, key, record: copy(record) });
  };
  return {
    ...reader(disk, staged, step),
    put: (name, record) => stage(name, record[KEYS[name]], record),
    remove: (name, key) => stage(name, key, undefined),
  };
}
