// What is on this phone, on its way, and at the server: three different words, each of them true.
import { bodyOf, sendState } from "../overlay.js";
import { ME, MESSAGES, OUTBOX, SYNC } from "./empty.js";

const RECENT = 20;
const MEGABYTE = 1024 * 1024;

/** @param {import("../overlay.js").World} world */
export function outbox(world) {
  if (!world.loaded) return OUTBOX;
  const all = world.ops.filter((op) => op.state !== "replaced").map((op) => line(world, op)).reverse();
  const { progress, word, last_contact, storage, others } = world.sync;
  const waiting = all.filter((one) => one.state !== "sent").reverse();
  return {
    ready: true, waiting, recent: all.filter((one) => one.state === "sent").slice(0, RECENT),
    done: progress?.done ?? 0, total: progress?.total ?? 0, last_contact, persisted: storage.persisted,
    busy: word === "sending" && waiting.some((one) => one.state !== "attention"),
    used_mb: Math.round(storage.used / MEGABYTE), free_mb: Math.round(storage.free / MEGABYTE), other_people: others,
    cleared: world.cleared !== null, cleared_unsent: world.cleared?.unsent ?? 0,
    sure: world.snapshot !== null && world.cleared === null,
  };
}

function line(world, op) {
  const photos = op.photos.map((sha256) => world.photos.get(sha256)).filter(Boolean);
  const bad = photos.find((photo) => photo.state === "attention");
  const state = sendState(world, op);
  const code = op.code || (bad?.code ?? "");
  return {
    id: op.id, kind: op.kind, title: op.title, title_en: op.title_en, state, code,
    ...(state === "attention" ? whatToDo(op, code) : NO_TROUBLE), message: op.message || (bad?.message ?? ""), photos_total: op.photos.length,
    photos_sent: op.photos.length - photos.filter((photo) => photo.state !== "sent").length, at: op.client_time,
  };
}

const NO_TROUBLE = { reason: "", advice: "" };
const REASONS = ["photo_lost", "photo_refused", "too_large", "not_found", "rejected", "quarantined", "conflict"];

// What was refused with its request may pass another time; what the server judged has to be done anew,
// and what it keeps for somebody to look at needs nothing from here.
function whatToDo(op, code) {
  const reason = REASONS.includes(code) ? code : "unexpected";
  if (code === "photo_lost") return { reason, advice: "photo_lost" };
  if (op.state === "sent" || op.refused) return { reason, advice: "again" };
  const kept = KEPT_BY_SERVER.includes(code);
  return { reason, advice: kept ? "office" : "redo" };
}

const KEPT_BY_SERVER = ["quarantined", "conflict", "operation_conflict", "unknown_operation", "author_left"];

/** The sync light: the most pressing word, and how many things it speaks of. */
export function sync(world) {
  if (!world.loaded) return { ...SYNC, ...EARLY[world.sync.word], unkept: unkept(world) };
  const states = world.ops.map((op) => sendState(world, op));
  const waiting = states.filter((state) => state === "saved" || state === "sending").length;
  const attention = states.filter((state) => state === "attention").length;
  const word = light(world, waiting, attention);
  const count = word === "attention" ? attention : word === "sent" || word === "none" ? 0 : waiting;
  return { word, sign: word === "cleared" ? "attention" : word, count, unsent: waiting + attention, online: world.sync.online, other_people: world.sync.others, unkept: unkept(world) };
}

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
