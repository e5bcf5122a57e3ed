// An order as a card, with what was done on this phone laid over it.
import { bodyOf, localOps, threadState, told } from "../overlay.js";
import { CARD } from "./empty.js";

export const OPEN = ["reported", "assigned", "in_progress", "on_hold"];

/** Where a step leads, shown at once as this phone's own fact; the server has the last word. */
const LEADS = {
  start: "in_progress", hold: "on_hold", resume: "in_progress", complete: "completed", cancel: "cancelled",
  confirm: "closed", verify: "closed", send_back: "in_progress", reopen: "assigned", assign: "assigned",
};

/** "complete" for "order.complete". */
export const bare = (verb) => verb.slice(verb.lastIndexOf(".") + 1);

/** The server's orders, and those reported here which it does not know yet. */
export function allOrders(world) {
  const known = world.snapshot?.orders ?? [];
  const ids = new Set(known.map((order) => order.id));
  const fresh = world.ops.filter((op) => op.kind === "order.report" && op.state !== "replaced" && !ids.has(op.thread_id));
  return [...known, ...fresh.map((op) => reported(world, op))];
}

export const orderById = (world, id) => allOrders(world).find((order) => order.id === id);

function reported(world, op) {
  const body = bodyOf(op);
  const me = world.snapshot?.me ?? {};
  return {
    id: op.thread_id, number: "", site_id: body.site_id, source: me.roles?.includes("owner") ? "owner" : "staff",
    category: body.category, priority: body.priority ?? "normal", status: "reported", title: op.title,
    title_en: op.title_en, description: body.description ?? "", ...placeOf(world.snapshot, body),
    reported_by_id: me.id, reported_by: me.name ?? "", reported_at: op.client_time, verbs: [], timeline: [], fresh: op,
    photos: body.photos.map((shot) => ({ ...shot, purpose: "before", stored: false })),
  };
}

function placeOf(snapshot, body) {
  const unit = snapshot?.units.find((one) => one.id === body.unit_id);
  if (unit) return { place: unitName(unit), place_en: unitName(unit, "_en") };
  const place = snapshot?.places.find((one) => one.id === body.place_id);
  const text = body.place_text ?? "";
  return place ? { place: place.name, place_en: place.name_en } : { place: text, place_en: text };
}

export const unitName = (unit, tongue = "") => `${unit[`building${tongue}`] || unit.building} ${unit.number}`;

/** What the order's status and owner are, seen from this phone. */
export function standingOf(world, order) {
  const me = world.snapshot?.me ?? {};
  const assignee_en = world.snapshot?.staff.find((one) => one.id === order.assignee_id)?.name_en ?? "";
  const facts = {
    status: order.status, mine: Boolean(me.id) && order.assignee_id === me.id, asked: "",
    assignee: order.assignee ?? "", assignee_en: order.assignee_en || assignee_en || (order.assignee ?? ""),
  };
  for (const op of localOps(world, order.id)) apply(world, facts, op);
  return facts;
}

function apply(world, facts, op) {
  const verb = bare(op.kind);
  const { me, staff } = world.snapshot ?? {};
  if (verb === "claim" && op.state !== "sent") facts.asked = "claim";
  // Only the server's word makes it yours; until then it is asked for.
  if (verb === "claim" && op.state === "sent") give(facts, me, true);
  if (verb === "assign" || verb === "hand_over") {
    const to = staff?.find((one) => one.id === bodyOf(op).to_person_id);
    give(facts, to, to?.id === me?.id && Boolean(to));
    facts.status = to ? "assigned" : "reported";
  }
  facts.status = LEADS[verb] ?? facts.status;
}

function give(facts, person, mine) {
  const { name = "", name_en = "" } = person ?? {};
  Object.assign(facts, { mine, status: "assigned", assignee: name, assignee_en: name_en || name });
}

export function card(world, order) {
  const facts = standingOf(world, order);
  const shown = picturesOf(world, order);
  const refused = lastRefusal(world, order);
  const { id, category, priority, source, title } = order;
  return {
    ...CARD, id, category, priority, source, title, ...facts, number: order.number ?? "",
    title_en: order.title_en || title, place: order.place ?? "", place_en: order.place_en || (order.place ?? ""),
    reported_at: order.reported_at ?? "", due_at: order.due_at ?? "",
    overdue: OPEN.includes(facts.status) && Date.parse(order.due_at ?? "") < world.now,
    photo_url: shown[0] ? world.photoUrl(shown[0].sha256, world.photos.has(shown[0].sha256), "thumbnail") : "",
    photo_count: shown.length, stars: starsOf(world, order), send_state: threadState(world, id),
    problem: refused?.code ?? "", problem_text: refused?.message ?? "",
  };
}

const starsOf = (world, order) =>
  localOps(world, order.id).filter((op) => op.kind === "order.rate").map((op) => bodyOf(op).stars).pop() ?? order.stars ?? 0;

/** Those photos whose bytes are here or at the server. */
export const picturesOf = (world, order) =>
  (order.photos ?? []).filter((one) => one.stored || world.photos.has(one.sha256));

function lastRefusal(world, order) {
  const last = world.ops.filter((op) => op.thread_id === order.id && op.state === "attention" && !told(op)).pop();
  return world.page.seen?.has(last?.id) ? null : last;
}
