// The outbox, item by item: how far each has come, and what to do about one in trouble.
import { judged, told } from "../overlay.js";
import { OUTBOX } from "./empty.js";
import { stateOf } from "./sync.js";

const RECENT = 20;
const MEGABYTE = 1024 * 1024;

/** @param {import("../overlay.js").World} world */
export function outbox(world) {
  if (!world.loaded) return OUTBOX;
  const all = world.ops.filter((op) => op.state !== "replaced").map((op) => line(world, op)).reverse();
  const { progress, word, last_contact, storage, others } = world.sync;
  const waiting = all.filter((one) => one.state !== "sent" && one.state !== "told").reverse();
  return {
    ready: true, waiting, recent: all.filter((one) => one.state === "sent").slice(0, RECENT),
    done: progress?.done ?? 0, total: progress?.total ?? 0, last_contact, persisted: storage.persisted,
    busy: word === "sending" && waiting.some((one) => one.state !== "attention"),
    used_mb: Math.round(storage.used / MEGABYTE), free_mb: Math.round(storage.free / MEGABYTE), other_people: others,
    cleared: world.cleared !== null, cleared_unsent: world.cleared?.unsent ?? 0, cleared_told: world.cleared?.told ?? false,
    sure: world.snapshot !== null && world.cleared === null,
  };
}

/** One thing done here, as the outbox shows it. */
export function line(world, op) {
  const photos = op.photos.map((sha256) => world.photos.get(sha256)).filter(Boolean);
  const bad = photos.find((photo) => photo.state === "attention");
  const state = stateOf(world, op);
  const { code, message } = told(op) && bad ? bad : { code: op.code || (bad?.code ?? ""), message: op.message || (bad?.message ?? "") };
  return {
    id: op.id, kind: op.kind, title: op.title, title_en: op.title_en, state, code,
    ...(TROUBLES[state]?.(op, code) ?? NO_TROUBLE), message, photos_total: op.photos.length,
    photos_sent: op.photos.length - photos.filter((photo) => photo.state !== "sent").length, at: op.client_time,
  };
}

const NO_TROUBLE = { reason: "", advice: "" };
const REASONS = ["photo_lost", "photo_refused", "too_large", "not_found", "rejected", "quarantined", "conflict", "settled"];

// What was refused with its request may pass another time; what the server judged has to be done anew,
// and what it keeps for somebody to look at needs nothing from here.
function whatToDo(op, code) {
  const { reason } = whyNot(op, code);
  if (code === "photo_lost") return { reason, advice: "photo_lost" };
  if (!judged(op) || told(op)) return { reason, advice: "again" };
  if (code === "settled") return { reason, advice: "ended" };
  const kept = KEPT_BY_SERVER.includes(code);
  return { reason, advice: kept ? "office" : "redo" };
}

const whyNot = (op, code) => ({ reason: REASONS.includes(code) ? code : "unexpected", advice: "" });

const TROUBLES = { attention: whatToDo, told: whyNot };

const KEPT_BY_SERVER = ["quarantined", "conflict", "operation_conflict", "unknown_operation", "author_left"];
