// What a person does on a round: start, arrive, answer, go on, finish.
import * as bodies from "./core/bodies.js";
import { CHALLENGE, asAnswered, drawnAt, itemAt, toldOf } from "./core/challenge.js";
import * as drafts from "./core/drafts.js";
import { uuid7 } from "./core/ids.js";
import { capture, NotSaved } from "./core/log.js";
import { bodyOf } from "./core/overlay.js";
import { findRun, hereOf, missingAt } from "./core/views/run.js";
import { runOf, visited } from "./core/views/today.js";
import { position } from "./camera.js";
import { allSettled, takePhoto } from "./photo_drafts.js";
import { action, captured, changeDraft, changed, engine, go, holdDraft, once, page, parameter, random, routes, saveDraft, settled, typed, world } from "./context.js";

const now = () => new Date().toISOString();
const freshId = () => uuid7(Date.now(), random);

/** Start walking an occurrence; goes on where a run of one's own is already under way. */
export const startRun = once(async (occurrenceId) => {
  const { snapshot } = world();
  const occurrence = snapshot?.occurrences.find((one) => one.id === occurrenceId);
  const plan = occurrence && drafts.planOf(snapshot, occurrence);
  if (!plan) throw new NotSaved("not_found");
  const under = runOf(world(), occurrence);
  if (under.mine && under.status === "running") return go(routes.run + under.id);
  const run_id = freshId();
  const draft = { key: drafts.runKey(run_id), run_id, plan, started_at: now(), current_point: "", note: "", problem: "" };
  await capture(engine.tools(), { ...bodies.startRun(run_id, occurrenceId, plan.route), drafts: [draft] });
  captured();
  go(routes.run + run_id);
});

/** The run and the point the page is about. */
function here() {
  const found = findRun(world(), parameter("run"));
  if (!found) throw new NotSaved("not_found");
  const run = found.start.run_id;
  const point = hereOf(found.plan, found.draft, visited(world(), run));
  const find = point && (() => pointDraft(run, point));
  return { ...found, run, point, find, at: find?.() };
}

function pointDraft(run, point) {
  const known = world().drafts.get(drafts.pointKey(run, point.id));
  const before = visited(world(), run).get(point.id);
  const corrects = before ? bodyOf(before).visit_id : "";
  return known ?? drafts.newPoint({ run, point: point.id, visit: freshId(), corrects });
}

function runDraft(found, change) {
  const { run_id, started_at } = found.start;
  const base = { key: drafts.runKey(run_id), run_id, plan: found.plan, started_at, note: "", problem: "" };
  return { ...base, ...found.draft, ...change };
}

/** Go back to a point that was done: the next completion corrects the visit before it. */
export const reopenPoint = action(async (pointId) => {
  const found = here();
  const point = found.plan.points.find((one) => one.id === pointId);
  const before = visited(world(), found.run).get(pointId);
  if (before && !world().drafts.has(drafts.pointKey(found.run, pointId))) await saveDraft(await asBefore(found, point, before));
  await saveDraft(runDraft(found, { current_point: pointId, summary: false }));
});

async function asBefore({ run, plan }, point, op) {
  const body = bodyOf(op);
  const answers = Object.fromEntries(body.answers.map(({ item_id, number, ...rest }) => [
    item_id, { ...rest, number: number === undefined ? "" : String(number) },
  ]));
  // A correction is asked what the visit was asked.
  const challenge = body.challenge ? await drawn(plan, point) : null;
  if (challenge) answers[CHALLENGE] = asAnswered(body.challenge);
  const { visit_id, method, code = "", hand_reason = "", arrived_at } = body;
  const draft = drafts.newPoint({ run, point: point.id, visit: freshId(), corrects: visit_id });
  return { ...draft, method, code, hand_reason, arrived_at, answers, challenge };
}

// A round that was begun before prints were told apart knows the digest of one alone.
function worthOf({ code_sha256, more_sha256 = [], ended_sha256 = [] }, digest) {
  if (digest === code_sha256 || more_sha256.includes(digest)) return "counts";
  return ended_sha256.includes(digest) ? "ended" : "wrong";
}

/** What a code is worth at the point at hand, for the order is prescribed; and how to arrive by it. */
export function scanTarget() {
  const found = here();
  return {
    worth: (digest) => worthOf(found.point.checkpoint, digest),
    arrive: (code) => arriveAt(found, { method: "scan", code }),
  };
}

// Whatever keeps a challenge from being drawn keeps nobody from arriving.
const drawn = (plan, point) => drawnAt(engine.tools().sha256, plan, point).catch(() => null);

async function arriveAt({ find, plan, point }, how) {
  const at = now();
  const challenge = await drawn(plan, point);
  await changeDraft(find, (draft) => drafts.arrive({ ...draft, challenge }, { ...how, at }));
  void locate(find).catch(() => {});
}

// Where the phone is comes when it comes; nobody waits at the door for it.
async function locate(find) {
  const place = await position();
  // Handed in meanwhile, it is no draft any more.
  if (place.latitude !== undefined) await changeDraft(find, (draft) => draft.arrived_at && { ...draft, mocked: null, ...place });
}

export const openHand = action(() => showHand(true, ""));
export const closeHand = action(() => showHand(false, ""));
export const setHandReason = action((value) => showHand(true, typed(value)));

function showHand(hand, hand_reason) {
  Object.assign(page, { hand, hand_reason });
  changed();
}

/** Arrive without a code; the reason is one of the offered, or the words that were typed. */
export const confirmByHand = action(async (reason) => {
  const found = here();
  const text = (reason || page.hand_reason).trim();
  if (!text) throw new NotSaved("note_required");
  await arriveAt(found, { method: "hand", reason: text });
  showHand(false, "");
});

const change = (work) => action((...given) => {
  const { find, point } = here();
  page.rows = {};
  if (point) return changeDraft(find, (draft) => work(draft, point.template, ...given));
});

export const answer = change((draft, _, item, verdict) => drafts.verdictTapped(draft, item, verdict));
export const setNumber = change((draft, _, item, value) => drafts.answered(draft, item, { number: typed(value), verdict: "" }));
export const setText = change((draft, _, item, value) => drafts.answered(draft, item, { text: typed(value), verdict: "" }));
export const setNote = change((draft, _, item, value) => drafts.answered(draft, item, { note: typed(value) }));
export const passAll = change((draft, template) => drafts.allPass(draft, template));
export const choose = change((draft, template, itemId, value) =>
  drafts.choiceTapped(draft, itemAt(draft, template, itemId), value));

export const removePhoto = change((draft, _, item, sha256) =>
  drafts.answered(draft, item, { photos: drafts.withoutPhoto(draft.answers[item]?.photos, sha256) }));

/** A photo for an answer. All that was answered before is on the disk: Android may end the page behind the camera. */
export const addPhoto = action(async (itemId, ...event) => {
  const { find } = here();
  const named = (draft, shot) => drafts.answered(draft, itemId, { photos: drafts.withPhoto(draft.answers[itemId]?.photos, shot) });
  try {
    await takePhoto(find, named, event);
    page.rows = {};
  } catch (error) {
    page.rows = { [itemId]: error instanceof NotSaved ? error.code : "not_saved" };
    throw error;
  }
});

// What came to nothing needs nobody's attention once it is done again. Looked up at the last moment, by its `no`:
// a draft is older than that, and the numbers of a phone begin again when it gets another name.
function setAside({ run, point, at }) {
  const before = visited(world(), run).get(point.id);
  return before?.state === "attention" && bodyOf(before).visit_id === at.corrects ? before.no : 0;
}

/** Hand in the point; what is missing is said at its rows, and nothing is handed in. */
export const completePoint = once(async () => {
  await allSettled(here().find);
  const found = here();
  const { at, point } = found;
  if (!at.method || missingAt(world(), found.run, point).length > 0) return saveDraft({ ...at, tried: true });
  const next = runDraft(found, { current_point: "" });
  const visit = { ...bodies.visit(at, point, toldOf(at)), forget: [at.key], drafts: [next], replaces: setAside(found) };
  await holdDraft(at.key, () => capture(engine.tools(), visit));
  captured();
});

/** Go to the end before every point was done, and back. */
export const goSummary = action(() => saveDraft(runDraft(here(), { summary: true, current_point: "" })));
export const backToRoute = action(() => saveDraft(runDraft(here(), { summary: false, problem: "" })));

export const setRunNote = action((value) => saveDraft(runDraft(here(), { note: typed(value), problem: "" })));

export const finishRun = once(async () => {
  const found = here();
  const note = found.draft.note ?? "";
  await settled(drafts.runKey(found.run));
  const left = found.plan.points.length - visited(world(), found.run).size;
  if (left > 0 && !note.trim()) return saveDraft(runDraft(found, { problem: "note_required" }));
  await capture(engine.tools(), bodies.finish(found.run, note, found.plan.route));
  captured();
});
