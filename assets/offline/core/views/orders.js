// Work orders in lists: what is mine, what is open, what is done; and the owner's own matters.
import { fetchedAt, photoView, stale, threadState } from "../overlay.js";
import { OPEN, allOrders, bare, card, orderById, picturesOf, standingOf, unitName } from "./cards.js";
import { MY, ORDERS, REPORT } from "./empty.js";
import { verbsOf } from "./order.js";

const BURNS = ["urgent", "high", "normal", "low"];

/** @param {import("../overlay.js").World} world @param {string} chosen mine, open, done or empty */
export function orders(world, chosen) {
  if (!world.snapshot) return ORDERS;
  const cards = allOrders(world).map((order) => card(world, order));
  const open = cards.filter((one) => OPEN.includes(one.status)).sort(byUrgency);
  const { permissions } = world.snapshot.me;
  // Who claims looks for what is nobody's, or was refused to them; everybody else watches it all.
  const directs = permissions.includes("order:assign") || !permissions.includes("order:claim");
  const isFree = (one) => one.status === "reported" || one.problem !== "";
  const isMine = (one) => one.mine || one.asked !== "";
  const lists = {
    mine: open.filter(isMine), open: open.filter((one) => !isMine(one) && (directs || isFree(one))),
    done: cards.filter((one) => !OPEN.includes(one.status)).sort(byAge),
  };
  const filter = chosen || (lists.mine.length > 0 ? "mine" : "open");
  return {
    ready: true, stale: stale(world), fetched_at: fetchedAt(world), filter, shown: lists[filter],
    mine_count: lists.mine.length, open_count: lists.open.length, done_count: lists.done.length,
    may_report: permissions.includes("order:report"),
  };
}

// What has no deadline yet was reported here and waits to be sent.
const byUrgency = (a, b) => BURNS.indexOf(a.priority) - BURNS.indexOf(b.priority)
  || (a.due_at || "9").localeCompare(b.due_at || "9") || a.id.localeCompare(b.id);
const byAge = (a, b) => b.reported_at.localeCompare(a.reported_at);

/** What an owner sees: own matters with their steps. */
export function my(world) {
  const { snapshot } = world;
  if (!snapshot) return MY;
  const own = allOrders(world).filter((order) => order.reported_by_id === snapshot.me.id);
  const requests = own.map((order) => request(world, order)).sort((a, b) => byAge(a.card, b.card));
  const over = (one) => ["closed", "cancelled"].includes(one.card.status);
  const [home] = snapshot.units;
  return {
    ready: true, stale: stale(world), name: snapshot.me.name, name_en: snapshot.me.name_en,
    home_name: home ? unitName(home) : "", home_name_en: home ? unitName(home, "_en") : "",
    open: requests.filter((one) => !over(one)).sort(waitsForOwner), closed: requests.filter(over),
  };
}

// What waits for its owner's word stands first.
const waitsForOwner = (a, b) => (b.card.status === "completed") - (a.card.status === "completed");

function request(world, order) {
  const shown = picturesOf(world, order);
  const views = (fits) => shown.filter(fits).map((one) => photoView(world, one, "before"));
  return {
    card: card(world, order), steps: steps(order, standingOf(world, order).status), verbs: verbsOf(world, order),
    before: views((one) => one.purpose !== "after"), after: views((one) => one.purpose === "after"),
  };
}

const WAY = [
  ["received", "reported", ["reported"]], ["assigned", "assigned", ["claimed", "claim", "assigned", "assign"]],
  ["in_progress", "in_progress", ["started", "start"]], ["completed", "completed", ["completed", "complete"]],
  ["confirmed", "closed", ["confirmed", "confirm", "verified", "verify"]],
];

function steps(order, status) {
  const now = status === "on_hold" ? "in_progress" : status;
  const here = WAY.findIndex(([, reached]) => reached === now);
  return WAY.map(([code, , verbs], i) => ({
    code, state: i < here || now === "closed" ? "done" : i === here ? "here" : "next",
    at: i <= here ? reachedAt(order, code, verbs) : "", promised: i > here ? promised(order, code) : "",
  }));
}

function reachedAt(order, code, verbs) {
  if (code === "received") return order.reported_at ?? "";
  const events = (order.timeline ?? []).filter((one) => verbs.includes(bare(one.verb)));
  return events[events.length - 1]?.occurred_at ?? "";
}

const promised = (order, code) =>
  (code === "assigned" ? order.respond_by : code === "completed" ? order.due_at : "") ?? "";

/** The report being written, or the one just handed in. */
export function report(world) {
  const { snapshot } = world;
  if (!snapshot) return REPORT;
  const draft = world.drafts.get("report");
  const saved = world.page.reported;
  return {
    ...REPORT, ready: true, own: snapshot.me.roles.includes("owner"), places: snapshot.places.map(placeView),
    units: snapshot.units.map(unitView), ...(draft ? written(world, draft) : {}),
    problem: draft?.problem || world.page.problem, ...(saved ? handedIn(world, saved) : {}),
  };
}

const placeView = ({ id, kind, name, name_en }) => ({ id, kind, name, name_en: name_en || name });
const unitView = (unit) => ({ id: unit.id, kind: "unit", name: unitName(unit), name_en: unitName(unit, "_en") });

const written = (world, { category, place_id, text, photos }) => ({
  category, place_id, text, photos: photos.map((shot) => photoView(world, shot, "before")),
});

function handedIn(world, id) {
  const { number, respond_by, due_at } = orderById(world, id) ?? {};
  const told = { number: number ?? "", respond_by: respond_by ?? "", due_at: due_at ?? "" };
  return { stage: "saved", order_id: id, send_state: threadState(world, id), problem: "", ...told };
}
