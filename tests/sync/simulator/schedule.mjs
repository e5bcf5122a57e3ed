// One schedule: people work, everything goes wrong that the seed says, then calm, then the checks.
import { check } from "./check.mjs";
import { makeChance } from "./chance.mjs";
import { makeClock } from "./clock.mjs";
import { BETWEEN, between } from "./crowd.mjs";
import { act, burst } from "./deeds.mjs";
import { makeDisk } from "./disk.mjs";
import { TROUBLES } from "./network.mjs";
import { makePhone } from "./phone.mjs";
import { ANOTHER, PERSON, makeServer } from "./server.mjs";

const START = Date.parse("2026-03-02T20:00:00Z");
const MINUTE = 60_000;

export class Violation extends Error {}

/**
 * @param {number} seed
 * @param {object} core the client core, the real one or one with a planted bug
 * @param {{ask: (order: object, heard: (answer: any) => void) => void, answered: () => Promise<boolean>}} lane
 *   its way to the server
 * @param {(chance: any) => string[]} drawn whose phones there are; one person may have two
 */
export async function runSchedule(seed, core, lane, drawn = () => [PERSON]) {
  const chance = makeChance(seed);
  const clock = makeClock(START, lane.answered);
  const world = { seed, chance, clock, core, problem: null, restored: false, deeds: [], replayed: 0 };
  // Thrown here it would only look like one more lost connection to the code under test.
  world.fail = (invariant, text) => (world.problem ??= `${invariant}: ${text}`);
  world.server = makeServer(world, lane.ask, { seed, chunk: chance.of([200, 700, 1500]) });
  world.phones = drawn(chance).map((person) => makePhone(world, makeDisk(), person));
  for (const phone of world.phones) trouble(phone, chance);
  troubleAtTheServer(world);
  for (const phone of world.phones) phone.open();
  const end = START + chance.between(2, 30) * MINUTE;
  for (const phone of world.phones) work(world, phone, end);
  await clock.run(end);
  await calm(world);
  check(world);
  if (world.problem) throw new Violation(world.problem);
}

function trouble(phone, chance) {
  const { network } = phone;
  for (const name of TROUBLES) if (chance.happens(0.25)) network.weather[name] = chance.next() * (name === "hang" ? 0.02 : 0.4);
  if (chance.happens(0.2)) network.limit = chance.between(700, 4000);
  if (chance.happens(0.4)) phone.killRate = chance.next() * 0.01;
  if (chance.happens(0.15)) phone.corrupting = 0.1;
  if (chance.happens(0.1)) phone.skew = chance.between(-400, 400) * 24 * 60 * MINUTE;
}

function troubleAtTheServer({ server, chance }) {
  if (chance.happens(0.3)) server.keepBackup();
  if (chance.happens(0.4)) server.weather(insideTheServer(chance));
}

// Its process dies, its database is locked or broken, its disk is full: at any step, now and then.
function insideTheServer(chance) {
  const rates = { dies: 0.01, locked: 0.1, collides: 0.03, bug: 0.02, full: 0.05 };
  return Object.fromEntries(Object.entries(rates).filter(() => chance.happens(0.5)).map(([name, rate]) => [name, chance.next() * rate]));
}

function work(world, phone, end) {
  const { clock, chance } = world;
  const moments = chance.between(3, Math.ceil(25 / world.phones.length));
  for (let i = 0; i < moments; i++) clock.later(chance.below(end - START), () => happen(world, phone));
  if (chance.happens(0.2)) clock.later(chance.below(end - START), () => phone.tabs.length === 1 && phone.open());
}

function happen(world, phone) {
  const { chance, server, clock } = world;
  const { network } = phone;
  const period = () => chance.between(1, 10) * MINUTE;
  const events = {
    capture: () => act(world, phone), again: () => act(world, phone), more: () => act(world, phone), burst: () => burst(world, phone),
    wake: () => phone.wake(),
    down: () => ((network.down = true), clock.later(period(), () => ((network.down = false), chance.happens(0.5) && phone.wake()))),
    signOut: () => ((phone.signedIn = false), clock.later(period(), () => (phone.signedIn = true))),
    otherPerson: () => ((phone.session = otherThan(phone.person)), clock.later(period(), () => (phone.session = phone.person))),
    full: () => ((phone.full = true), clock.later(period(), () => (phone.full = false))),
    reload: () => reload(world, phone, 0), killed: () => reload(world, phone, chance.between(100, 5 * MINUTE)),
    backup: () => server.keepBackup(), restore: () => restore(world), rot: () => chance.happens(0.3) && phone.rot(),
    copy: () => (phone.copy = phone.disk.copy()), goBack: () => chance.happens(0.6) && phone.copy && goBack(world, phone),
  };
  const alone = [...Object.keys(events), "capture", "capture", "capture", "burst"];
  const event = chance.of(world.phones.length === 1 ? alone : [...alone, ...BETWEEN]);
  if (events[event]) events[event]();
  else between(world, phone, event);
}

const otherThan = (person) => (person === PERSON ? ANOTHER : PERSON);

function restore(world) {
  if (!world.chance.happens(0.3) || !world.server.backedUp) return;
  world.server.restore();
  // The next snapshot tells the other epoch, and the engine wakes the outbox.
  world.clock.later(30_000, () => world.phones.forEach((phone) => phone.wake()));
  world.restored = true;
}

// The phone is set back to its own backup: what was only on it since then is gone, and nothing else.
function goBack({ clock, chance }, phone) {
  [...phone.tabs].forEach(phone.kill);
  // A greeting under it may still be on its way.
  const own = phone.disk.stores.meta.get("device")?.value;
  phone.disk.goBack(phone.copy);
  phone.wentBack = (phone.wentBack ?? 0) + 1;
  // Set back to before it had a name it is a new phone: none of its names is left on it to be told.
  if (!phone.copy.meta.has("device")) for (const name of [own, ...phone.names]) phone.forgotten.add(name);
  const { ops } = phone.disk.stores;
  const kept = new Set([...ops.values()].map((op) => op.id));
  phone.told = phone.told.filter((told) => kept.has(told.id));
  clock.later(chance.between(100, 60_000), () => phone.tabs.length === 0 && phone.open());
}

function reload({ clock }, phone, pause) {
  [...phone.tabs].forEach(phone.kill);
  clock.later(pause, () => phone.tabs.length === 0 && phone.open());
}

// The faults end. Half of the time the phone is told so, half of the time it has to find out.
async function calm(world) {
  const { phones, server, clock, chance } = world;
  for (const phone of phones) {
    Object.assign(phone.network, { weather: {}, limit: Infinity, down: false });
    Object.assign(phone, { full: false, killRate: 0, corrupting: 0, signedIn: true, session: phone.person });
  }
  server.weather({});
  await clock.run(clock.now() + 2 * MINUTE + 1000);
  for (const phone of phones) if (phone.tabs.length === 0) phone.open();
  const wakes = chance.happens(0.5);
  if (wakes) for (const phone of phones) phone.wake();
  world.calm = { wakes, since: clock.now() };
  await clock.run(clock.now() + (wakes ? 1 : 6) * MINUTE + Math.max(...phones.map(waiting)) * 2000);
}

// Twenty things are gone in a minute; two hundred may take longer.
function waiting({ disk }) {
  const saved = (name) => [...disk.stores[name].values()].filter((one) => one.state === "saved").length;
  return Math.max(0, saved("ops") + saved("photos") - 20);
}
