// One schedule: a person works, everything goes wrong that the seed says, then calm, then the checks.
import { hash } from "node:crypto";
import { check } from "./check.mjs";
import { makeChance } from "./chance.mjs";
import { makeClock } from "./clock.mjs";
import { makeDisk } from "./disk.mjs";
import { TROUBLES, makeNetwork } from "./network.mjs";
import { makePhone } from "./phone.mjs";
import { FUTURE, KNOWN, UNREADABLE, bodyOf, threadOf } from "./deeds.mjs";
import { ANOTHER, PERSON, makeServer } from "./server.mjs";

const START = Date.parse("2026-03-02T20:00:00Z");
const MINUTE = 60_000;

export class Violation extends Error {}

/**
 * @param {number} seed
 * @param {object} core the client core, the real one or one with a planted bug
 * @param {{ask: (order: object, heard: (answer: any) => void) => void, answered: () => Promise<boolean>}} lane
 *   its way to the server
 */
export async function runSchedule(seed, core, lane) {
  const chance = makeChance(seed);
  const clock = makeClock(START, lane.answered);
  const world = { seed, chance, clock, core, problem: null, restored: false, deeds: 0 };
  // Thrown here it would only look like one more lost connection to the code under test.
  world.fail = (invariant, text) => (world.problem ??= `${invariant}: ${text}`);
  world.server = makeServer(world, lane.ask, { seed, chunk: chance.of([200, 700, 1500]) });
  world.network = makeNetwork(world);
  world.phone = makePhone(world, makeDisk());
  trouble(world);
  world.phone.open();
  const end = START + chance.between(2, 30) * MINUTE;
  work(world, end);
  await clock.run(end);
  await calm(world);
  check(world);
  if (world.problem) throw new Violation(world.problem);
}

function trouble({ chance, network, phone, server }) {
  for (const name of TROUBLES) if (chance.happens(0.25)) network.weather[name] = chance.next() * (name === "hang" ? 0.02 : 0.4);
  if (chance.happens(0.2)) network.limit = chance.between(700, 4000);
  if (chance.happens(0.4)) phone.killRate = chance.next() * 0.01;
  if (chance.happens(0.15)) phone.corrupting = 0.1;
  if (chance.happens(0.1)) phone.skew = chance.between(-400, 400) * 24 * 60 * MINUTE;
  if (chance.happens(0.3)) server.keepBackup();
  if (chance.happens(0.4)) server.weather(insideTheServer(chance));
}

// Its process dies, its database is locked or broken, its disk is full: at any step, now and then.
function insideTheServer(chance) {
  const rates = { dies: 0.01, locked: 0.1, collides: 0.03, bug: 0.02, full: 0.05 };
  return Object.fromEntries(Object.entries(rates).filter(() => chance.happens(0.5)).map(([name, rate]) => [name, chance.next() * rate]));
}

function work(world, end) {
  const { clock, chance } = world;
  const moments = chance.between(3, 25);
  for (let i = 0; i < moments; i++) clock.later(chance.below(end - START), () => happen(world));
  if (chance.happens(0.2)) clock.later(chance.below(end - START), () => world.phone.tabs.length === 1 && world.phone.open());
}

function happen(world) {
  const { chance, phone, network, server, clock } = world;
  const period = () => chance.between(1, 10) * MINUTE;
  const events = {
    capture: () => act(world), again: () => act(world), more: () => act(world), burst: () => burst(world),
    wake: () => phone.wake(),
    down: () => ((network.down = true), clock.later(period(), () => ((network.down = false), chance.happens(0.5) && phone.wake()))),
    signOut: () => ((server.signedIn = false), clock.later(period(), () => (server.signedIn = true))),
    otherPerson: () => ((server.person = ANOTHER), clock.later(period(), () => (server.person = PERSON))),
    full: () => ((phone.full = true), clock.later(period(), () => (phone.full = false))),
    reload: () => reload(world, 0), killed: () => reload(world, chance.between(100, 5 * MINUTE)),
    backup: () => server.keepBackup(), restore: () => restore(world), rot: () => chance.happens(0.3) && phone.rot(),
    copy: () => (phone.copy = phone.disk.copy()), goBack: () => chance.happens(0.6) && phone.copy && goBack(world),
  };
  events[chance.of([...Object.keys(events), "capture", "capture", "capture", "burst"])]();
}

function restore(world) {
  if (!world.chance.happens(0.3) || !world.server.backedUp) return;
  world.server.restore();
  // The next snapshot tells the other epoch, and the engine wakes the outbox.
  world.clock.later(30_000, () => world.phone.wake());
  world.restored = true;
}

// The phone is set back to its own backup: what was only on it since then is gone, and nothing else.
function goBack({ phone, server, clock, chance }) {
  [...phone.tabs].forEach(phone.kill);
  // A greeting under it may still be on its way.
  const own = phone.disk.stores.meta.get("device")?.value;
  phone.disk.goBack(phone.copy);
  phone.wentBack = (phone.wentBack ?? 0) + 1;
  // Set back to before it had a name it is a new phone: none of its names is left on it to be told.
  if (!phone.copy.meta.has("device")) for (const name of [own, ...server.names]) phone.forgotten.add(name);
  const { ops } = phone.disk.stores;
  const kept = new Set([...ops.values()].map((op) => op.id));
  phone.told = phone.told.filter((told) => kept.has(told.id));
  clock.later(chance.between(100, 60_000), () => phone.tabs.length === 0 && phone.open());
}

function reload({ phone, clock }, pause) {
  [...phone.tabs].forEach(phone.kill);
  clock.later(pause, () => phone.tabs.length === 0 && phone.open());
}

function burst(world) {
  const count = world.chance.between(2, 60);
  for (let i = 0; i < count; i++) world.clock.later(i * 20, () => act(world));
}

/** The person does something; what the phone says about it is written down. */
function act(world) {
  const { phone, chance } = world;
  const tab = phone.tab();
  if (!tab) return;
  const thread = chance.happens(0.5) || phone.ops.length === 0 ? threadOf(chance.below(6)) : chance.of(phone.ops).thread;
  const photos = Array.from({ length: chance.of([0, 0, 1, 2]) }, () => chance.bytes(chance.between(1, 2500)).buffer);
  const kind = chance.happens(0.01) ? UNREADABLE : chance.happens(0.01) ? FUTURE : KNOWN;
  const deed = { number: ++world.deeds, thread, kind, refuse: chance.happens(0.03), bytes: photos, badPhoto: chance.happens(0.02) };
  // A page that is killed in the middle never comes back here.
  void capture(world, tab, deed).catch(() => {});
}

async function capture(world, tab, deed) {
  const { core, phone, server } = world;
  const photos = deed.bytes.map((bytes) => ({ sha256: hashOf(bytes), size: bytes.byteLength, taken_at: "" }));
  for (const [i, shot] of photos.entries()) {
    if (deed.badPhoto) server.refuse(shot.sha256);
    await core.keepPhoto(tab.tools, shot, deed.bytes[i], null);
    phone.photos.set(shot.sha256, deed.bytes[i]);
  }
  const shas = photos.map((shot) => shot.sha256);
  phone.ops.push(deed);
  const op = await core.capture(tab.tools, { kind: deed.kind, thread: deed.thread, body: bodyOf(deed, shas), photos: shas });
  tab.loop.wake();
  phone.told.push({ ...deed, id: op.id, body: op.body, photos: shas });
}

const hashOf = (bytes) => hash("sha256", new Uint8Array(bytes));

// The faults end. Half of the time the phone is told so, half of the time it has to find out.
async function calm(world) {
  const { network, phone, server, clock, chance } = world;
  Object.assign(network, { weather: {}, limit: Infinity, down: false });
  Object.assign(phone, { full: false, killRate: 0, corrupting: 0 });
  Object.assign(server, { signedIn: true, person: PERSON });
  server.weather({});
  await clock.run(clock.now() + 2 * MINUTE + 1000);
  if (phone.tabs.length === 0) phone.open();
  const wakes = chance.happens(0.5);
  if (wakes) phone.wake();
  world.calm = { wakes, since: clock.now() };
  await clock.run(clock.now() + (wakes ? 1 : 6) * MINUTE + waiting(phone) * 2000);
}

// Twenty things are gone in a minute; two hundred may take longer.
function waiting({ disk }) {
  const saved = (name) => [...disk.stores[name].values()].filter((one) => one.state === "saved").length;
  return Math.max(0, saved("ops") + saved("photos") - 20);
}
