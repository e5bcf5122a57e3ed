// Prints the views, empty and filled, for the test that compares them with propapp/offline/views.py.
import * as bodies from "../../../assets/offline/core/bodies.js";
import * as drafts from "../../../assets/offline/core/drafts.js";
import { capture, keepPhoto } from "../../../assets/offline/core/log.js";
import * as empty from "../../../assets/offline/core/views/empty.js";
import { DUTY, duty } from "../../../assets/offline/core/views/duty.js";
import { order } from "../../../assets/offline/core/views/order.js";
import { my, orders, report } from "../../../assets/offline/core/views/orders.js";
import { PARCEL, parcel } from "../../../assets/offline/core/views/parcel.js";
import { run } from "../../../assets/offline/core/views/run.js";
import { outbox } from "../../../assets/offline/core/views/outbox.js";
import { me, messages, sync } from "../../../assets/offline/core/views/sync.js";
import { NOTICES, notices } from "../../../assets/offline/notices.js";
import { week } from "../../../assets/offline/core/views/week.js";
import { today } from "../../../assets/offline/core/views/today.js";
import { LI, aDuty, aPhone, aSnapshot, aWorld, anOrder, hashOf, iso } from "./things.mjs";

const phone = aPhone();
const shot = { sha256: hashOf("x"), size: 1, taken_at: iso(0) };
const event = { id: "e", verb: "order.noted", person: "王", person_en: "", occurred_at: iso(1), received_at: iso(1), facts: { text: "看" }, photos: [shot.sha256] };
const snapshot = aSnapshot({
  week: [{ day: "2026-03-02", turns: [{ name: "早班", name_en: "Early", begins: 420, minutes: 480 }], rounds: [{ route_id: "round", windows: [[iso(0), iso(60)]] }], tasks: [{ name: "演练", name_en: "Drill", ends: "2026-03-02", milestone: true }] }],
  orders: [anOrder({ reported_by_id: LI, timeline: [event], photos: [{ ...shot, purpose: "before", stored: true }] }), anOrder({ id: "old", status: "closed", reported_by_id: LI })],
  staff: [{ id: "w", name: "王", name_en: "Wang", roles: ["guard"] }], units: [{ id: "u", site_id: "garden", building: "3 栋", building_en: "Building 3", number: "1202" }],
  places: [{ id: "hall", site_id: "garden", kind: "lobby", name: "大堂", name_en: "Lobby" }],
  duty: aDuty(),
  messages: [{ id: "m", kind: "order.completed", thing_kind: "order", thing_id: "leak", facts: { by: "王" }, created_at: iso(0), read_at: null }],
});
const plan = drafts.planOf(snapshot, snapshot.occurrences[0]);
const draft = { key: "run:r", run_id: "r", plan, started_at: iso(0), current_point: "p2", note: "", problem: "" };
await capture(phone, { ...bodies.startRun("r", "tonight", plan.route), drafts: [draft] });
await keepPhoto(phone, shot, new TextEncoder().encode("x").buffer, null);
const first = drafts.answered(drafts.verdictTapped(drafts.newPoint({ run: "r", point: "p1", visit: "v" }), "lock", "fail"), "lock", { photos: [shot], note: "坏" });
await capture(phone, bodies.visit(first, plan.points[0]));
const second = drafts.answered(drafts.arrive(drafts.newPoint({ run: "r", point: "p2", visit: "w" }), { method: "hand", reason: "dark", at: iso(2) }), "view", { photos: [shot] });
await phone.store.write(["drafts"], async (tx) => {
  await tx.put("drafts", second);
  await tx.put("drafts", { ...drafts.newOrderDraft("leak"), verb: "note", texts: { note: "a" }, photos: [shot] });
  await tx.put("drafts", { ...drafts.newReport("n"), photos: [shot] });
});
await capture(phone, bodies.orderStep("note", snapshot.orders[0], { ...drafts.newOrderDraft("leak"), texts: { note: "b" }, photos: [shot] }));

const lost = await capture(phone, bodies.orderStep("claim", snapshot.orders[0], drafts.newOrderDraft("leak")));
phone.disk.stores.ops.set(lost.no, { ...lost, state: "attention", answered_at: 1, told_at: 1 });

const world = aWorld(phone, { snapshot });
const filled = {
  Me: me(world), Sync: sync(world), Today: today(world), Week: week(world), Run: run(world, "r"), Orders: orders(world, "open"), Order: order(world, "leak"),
  My: my(world), Report: report(world), Outbox: outbox(world), Messages: messages(world),
  Duty: duty(world, { ask: "" }),
  Notices: notices(world, { skew: 0, people: [{ id: "w", name: "王", name_en: "Wang", waiting: 1, attention: 0 }] }),
  Parcel: parcel({ ...world, page: { parcel: { state: "packing", total: 3 } } }),
};
const nothing = {
  Me: empty.ME, Sync: empty.SYNC, Today: empty.TODAY, Week: empty.WEEK, Run: empty.RUN, Orders: empty.ORDERS, Order: empty.ORDER, My: empty.MY,
  Report: empty.REPORT, Outbox: empty.OUTBOX, Messages: empty.MESSAGES, Parcel: PARCEL, Duty: DUTY, Notices: NOTICES, Door: empty.DOOR, App: empty.APP,
};
console.log(JSON.stringify({ filled, nothing }));
