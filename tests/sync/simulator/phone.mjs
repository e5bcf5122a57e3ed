// A phone with the production client core: it can be killed between any two steps and started again.
import { hash } from "node:crypto";
import { QuotaExceeded, openDisk } from "./disk.mjs";
import { makeNetwork } from "./network.mjs";
import { photoKey } from "./server.mjs";

// One for each who waits: whatever hangs on a promise that many share is kept as long as they are.
const forever = () => new Promise(() => {});
const sha256 = async (bytes) => hash("sha256", new Uint8Array(bytes));

/**
 * @param {any} world what the schedule is made of
 * @param {string} person whose phone it is; `session` is who has signed in on it
 */
export function makePhone(world, disk, person) {
  const phone = { disk, person, session: person, signedIn: true, tabs: [], full: false, corrupting: 0, killRate: 0, skew: 0 };
  Object.assign(phone, { told: [], ops: [], photos: new Map(), rotten: new Set(), names: new Set(), lost: new Set(), forgotten: new Set() });
  return Object.assign(phone, {
    network: makeNetwork(world, phone),
    open: () => open(world, phone),
    kill: (tab) => kill(phone, tab),
    /** The page of the person, if one is open. */
    tab: () => phone.tabs[0] ?? null,
    /** Bytes that were read back well may still go bad. */
    rot: () => rotLater(world, phone),
    wake: () => phone.tabs.forEach((tab) => tab.loop.wake()),
  });
}

function open(world, phone) {
  const { clock, chance, core } = world;
  const tab = { alive: true, boot: `boot-${clock.now()}`, word: "" };
  const gone = new Promise((end) => (tab.end = end));
  const step = () => stepOf(world, phone, tab);
  tab.store = openDisk(phone.disk, {
    step, gone, mayWrite: (staged) => refuseWhenFull(phone, staged), written: (staged) => written(world, phone, staged, tab),
  });
  tab.tools = toolsOf(world, phone, tab);
  const fly = () => core.fly({ ...tab.tools, ...portOf(world, phone, tab, step) });
  tab.loop = core.makeLoop({
    fly, later: (ms, work) => clock.later(ms, () => tab.alive && work()), monotonic: clock.now,
    chance: chance.next, onWord: (word) => tab.alive && (tab.word = word),
  });
  phone.tabs.push(tab);
  tab.loop.wake();
  return tab;
}

const toolsOf = ({ clock, chance }, phone, tab) => ({
  store: tab.store, now: () => clock.now() + phone.skew, monotonic: clock.now, random: chance.bytes, sha256,
  zone: () => "Asia/Shanghai", boot: tab.boot, readBack: () => true,
});

function portOf(world, phone, tab, step) {
  const call = async (request) => {
    tab.loop.alive();
    await step();
    const answer = await phone.network.call(request).catch((error) => ({ error }));
    await step();
    if (answer.error) throw answer.error;
    return answer;
  };
  return {
    call, person: phone.person, app: "1", persisted: () => true, onProgress: () => {}, onGreeting: () => {},
    alive: () => tab.loop.alive(),
  };
}

// Between any two awaits the system may end the page, and what it was doing never goes on.
async function stepOf({ clock, chance }, phone, tab) {
  if (!tab.alive) await forever();
  if (chance.happens(0.03)) await clock.sleep(chance.between(1, 200));
  if (tab.alive && chance.happens(phone.killRate)) {
    if (chance.happens(0.3)) powerCut(phone, chance);
    else kill(phone, tab);
    clock.later(chance.between(100, 60_000), () => phone.tabs.length === 0 && phone.open());
  }
  if (!tab.alive) await forever();
}

// It takes all pages at once: one that lived on would believe what its disk has forgotten.
function powerCut(phone, chance) {
  [...phone.tabs].forEach((tab) => kill(phone, tab));
  phone.disk.powerCut(chance.next);
}

function kill(phone, tab) {
  tab.alive = false;
  tab.end();
  tab.loop.stop();
  phone.tabs = phone.tabs.filter((one) => one !== tab);
}

function refuseWhenFull(phone, staged) {
  if (phone.full && staged.some(({ name, record }) => record && (name === "bytes" || name === "ops"))) throw new QuotaExceeded();
}

/** What the phone calls sent has to be at the server in that very moment, and photos may rot. */
function written({ server, chance, fail }, phone, staged, tab) {
  // The other tabs hear of every change.
  for (const other of phone.tabs) if (other !== tab) other.loop.remind();
  for (const { name, record } of staged) {
    if (record?.state === "sent") sentIsTrue(server, fail, name, record, phone.person);
    if (name === "bytes" && record && chance.happens(phone.corrupting)) rot(phone.disk, record, chance);
  }
}

function sentIsTrue(server, fail, name, record, person) {
  const held = (has) => has(server.state) || (server.before && has(server.before));
  if (name === "ops" && !held(({ ops }) => ops.get(record.id)?.body === record.body)) fail("I6", `${record.id} is called sent and is not at the server`);
  if (name === "photos" && !held(({ photos }) => photos.get(photoKey(person, record.sha256))?.complete)) fail("I6", `photo ${record.sha256} is called sent and is not at the server`);
}

function rotLater({ chance }, phone) {
  const waiting = [...phone.disk.stores.photos.values()].filter((photo) => photo.state === "saved");
  if (waiting.length === 0) return;
  const photo = chance.of(waiting);
  phone.rotten.add(photo.sha256);
  rot(phone.disk, photo, chance);
}

function rot(disk, { sha256 }, chance) {
  const kept = disk.stores.bytes.get(sha256);
  const bytes = chance.happens(0.3) ? new ArrayBuffer(0) : kept.bytes.slice(0);
  if (bytes.byteLength > 0) new Uint8Array(bytes)[0] ^= 1;
  disk.stores.bytes.set(sha256, { ...kept, bytes });
}
