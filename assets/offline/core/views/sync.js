// What is on this phone, on its way, and at the server: three different words, each of them true.
import { bodyOf, judged, sendState, told } from "../overlay.js";
import { ME, MESSAGES, SYNC } from "./empty.js";

// What is judged goes nowhere any more: only its photos may still be on their way.
const photosState = (world, op) => sendState(world, { ...op, state: "sent" });

/** How far it is: as `sendState` has it, or told. */
export function stateOf(world, op) {
  const state = sendState(world, op);
  return told(op) && state === "sent" ? "told" : state;
}

/** The sync light: the most pressing word, and how many things it speaks of. */
export function sync(world) {
  if (!world.loaded) return { ...SYNC, ...EARLY[world.sync.word], unkept: unkept(world) };
  const states = world.ops.map((op) => stateOf(world, op));
  const waiting = states.filter((state) => state === "saved" || state === "sending").length;
  const attention = states.filter((state) => state === "attention").length;
  const word = light(world, waiting, attention);
  const count = word === "attention" ? attention : word === "sent" || word === "none" ? 0 : waiting;
  return { word, sign: word === "cleared" ? "attention" : word, count, unsent: unsent(world), online: world.sync.online, other_people: world.sync.others, unkept: unkept(world) };
}

// What the server has whole is not unsent, whatever it thought of it.
const unsent = (world) => world.ops.filter((op) => (judged(op) ? photosState(world, op) : sendState(world, op)) !== "sent").length;

// What can be said before it is known what waits here.
const EARLY = { blocked: { word: "blocked", sign: "attention" }, sign_in: { word: "sign_in", sign: "sign_in" } };

// Said before the first thing is kept; afterwards the outbox says it, beside what it is about.
const unkept = ({ sync: { storage }, snapshot, ops }) => snapshot !== null && storage.unkept && ops.length === 0;

function light({ sync: { word, online }, snapshot, cleared }, waiting, attention) {
  if (word === "sign_in" || word === "other_person") return "sign_in";
  if (cleared) return "cleared";
  if (word === "sending" && waiting > 0) return "sending";
  if (attention > 0) return "attention";
  if (waiting > 0) return "saved";
  if (!online) return "offline";
  return snapshot ? "sent" : "none";
}

export function me(world) {
  const { snapshot } = world;
  if (!snapshot) return ME;
  const { id, name, name_en, home, roles, tabs, permissions } = snapshot.me;
  const [site] = snapshot.sites;
  return {
    ready: true, id, name, name_en: name_en || name, site: site?.name ?? "", site_en: site?.name_en || (site?.name ?? ""),
    roles, tabs, permissions, unread: messages(world).unread, home,
  };
}

export function messages(world) {
  const { snapshot } = world;
  if (!snapshot) return MESSAGES;
  const upTo = readUpTo(world);
  const lines = snapshot.messages.map((one) => message(snapshot.me, one, upTo))
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
  return { ready: true, lines, unread: lines.filter((one) => one.unread).length };
}

function message(me, { id, kind, thing_kind, thing_id, facts, created_at, read_at }, upTo) {
  const home = me.roles.includes("owner") && me.roles.length === 1 ? "/matter" : "/orders";
  const plan = me.permissions.includes("plan:read") ? `/plans/plan?plan=${thing_id}` : "/week";
  const roster = me.permissions.includes("roster:write") ? "/roster" : "/duty";
  const phone = kind === "phone.yours" ? "/outbox" : "/board/phones";
  return {
    id, kind, facts: inBoth(facts ?? {}),
    href: { order: `${home}?order=${thing_id}`, plan, phone, letter: "/letters", accident: "/accidents", leave: roster, swap: roster }[thing_kind] ?? (kind === "phone.yours" ? phone : "/today"),
    created_at, unread: !read_at && Date.parse(created_at) > upTo,
  };
}

// A sentence must have no hole for want of an English name.
function inBoth(facts) {
  const all = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value ?? "")]));
  for (const name of Object.keys(all)) if (name.endsWith("_en")) all[name] ||= all[name.slice(0, -3)] ?? "";
  for (const name of Object.keys(all)) if (!name.endsWith("_en")) all[`${name}_en`] ??= all[name];
  return all;
}

function readUpTo(world) {
  const reads = world.ops.filter((op) => op.kind === "message.read" && op.state !== "attention");
  return Math.max(0, ...reads.map((op) => Date.parse(bodyOf(op).up_to)));
}
