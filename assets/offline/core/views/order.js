// One order: its way so far, its pictures, and what this person may do next.
import { orderKey } from "../drafts.js";
import { bodyOf, covered, localOps, photoView, sendState } from "../overlay.js";
import { bare, card, orderById, picturesOf } from "./cards.js";
import { ORDER, ORDER_DRAFT } from "./empty.js";

// The one next step as the button, by what is likeliest wanted first.
const FIRST = ["claim", "start", "resume", "complete", "confirm", "rate", "verify"];

/** What may follow here before the server has spoken; it never offers more than the server did. */
const AFTER = {
  claim: ["note"], start: ["complete", "hold", "hand_over", "note"], hold: ["resume", "hand_over", "note"],
  resume: ["complete", "hold", "hand_over", "note"], complete: [], hand_over: [], cancel: [], confirm: ["rate"],
  reopen: [], rate: [], send_back: [], assign: ["assign", "cancel", "note"], verify: [],
};

const PAST = {
  report: "reported", claim: "claimed", assign: "assigned", start: "started", hold: "held", resume: "resumed",
  hand_over: "handed_over", note: "noted", complete: "completed", send_back: "sent_back", verify: "verified",
  confirm: "confirmed", reopen: "reopened", rate: "rated", cancel: "cancelled",
};

/** @param {import("../overlay.js").World} world @param {string} id */
export function order(world, id) {
  if (!id) return { ...ORDER, stage: "none" };
  const found = orderById(world, id);
  if (!found) return { ...ORDER, stage: world.loaded ? "absent" : "loading" };
  const verbs = verbsOf(world, found);
  const shown = card(world, found);
  const primary = primaryOf(verbs, shown);
  const text = (name) => found[name] ?? "";
  return {
    stage: "ready", card: shown, description: text("description"), reporter: text("reported_by"),
    reporter_en: text("reported_by_en") || text("reported_by"), respond_by: text("respond_by"),
    completed_at: text("completed_at"), hold_reason: shown.status === "on_hold" ? text("hold_reason") : "",
    result_note: text("result_note"), timeline: timeline(world, found), verbs, primary,
    before: pictures(world, found, (purpose) => purpose !== "after"),
    after: [...pictures(world, found, (purpose) => purpose === "after"), ...freshAfter(world, found)],
    others: verbs.filter((verb) => verb !== primary), draft: draftOf(world, id),
    staff: staffBeside(world, found.assignee_id),
  };
}

// Whoever has it already cannot be given it.
const staffBeside = (world, holder) => (world.snapshot?.staff ?? []).filter((one) => one.id !== holder)
  .map(({ id, name, name_en, roles = [] }) => ({ id, name, name_en, roles })).sort(byTrade);

// Who usually does it is found first in a long list.
const TRADES = ["technician", "cleaner", "guard"];
const trade = ({ roles }) => Math.min(...roles.map((role) => (TRADES.indexOf(role) + 1) || 9), 9);
const byTrade = (a, b) => trade(a) - trade(b);

function primaryOf(verbs, shown) {
  if (shown.status === "reported" && verbs.includes("assign")) return "assign";
  return FIRST.find((verb) => verbs.includes(verb)) ?? "";
}

export function verbsOf(world, found) {
  const offered = (found.verbs ?? []).map(bare);
  const last = localOps(world, found.id).map((op) => bare(op.kind)).filter((verb) => AFTER[verb]).pop();
  return last ? AFTER[last] : offered;
}

function timeline(world, found) {
  const own = world.ops.filter((op) => op.thread_id === found.id && op.state !== "replaced" && !covered(world, op));
  return [...(found.timeline ?? []).map((event) => past(world, event)), ...own.map((op) => fresh(world, op))];
}

function past(world, event) {
  const facts = event.facts ?? {};
  const to = facts.to_person ?? "";
  return {
    id: event.id, verb: bare(event.verb), person: event.person ?? "", person_en: event.person_en || (event.person ?? ""),
    mine: Boolean(event.person) && event.person === world.snapshot?.me.name, at: event.occurred_at,
    text: String(facts.reason ?? facts.note ?? facts.text ?? ""), to_person: to, to_person_en: facts.to_person_en || to,
    photos: (event.photos ?? []).map((sha256) => photoView(world, { sha256 }, "note")), send_state: "none",
  };
}

function fresh(world, op) {
  const body = bodyOf(op);
  const { me = {}, staff = [] } = world.snapshot ?? {};
  const to = staff.find((one) => one.id === body.to_person_id);
  const verb = bare(op.kind);
  return {
    id: op.id, verb: PAST[verb] ?? verb, person: me.name ?? "", person_en: me.name_en || (me.name ?? ""), mine: true,
    at: op.client_time, text: body.reason ?? body.note ?? body.text ?? body.description ?? "",
    to_person: to?.name ?? "", to_person_en: to?.name_en ?? "", send_state: sendState(world, op),
    photos: (body.photos ?? []).map((shot) => photoView(world, shot, "note")),
  };
}

const pictures = (world, found, fits) =>
  picturesOf(world, found).filter((one) => fits(one.purpose)).map((one) => photoView(world, one, "before"));

function freshAfter(world, found) {
  const done = localOps(world, found.id).filter((op) => op.kind === "order.complete");
  return done.flatMap((op) => bodyOf(op).photos.map((shot) => photoView(world, shot, "after")));
}

function draftOf(world, id) {
  const draft = world.drafts.get(orderKey(id));
  if (!draft) return { ...ORDER_DRAFT, problem: world.page.problem };
  const { verb, texts, person_id, stars, photos } = draft;
  return {
    verb, text: texts[verb] ?? "", person_id, stars, photos: photos.map((shot) => photoView(world, shot, "note")),
    problem: draft.problem || world.page.problem,
  };
}
