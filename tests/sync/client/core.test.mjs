// The pure parts of the field client, each by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as bodies from "../../../assets/offline/core/bodies.js";
import { numberOf, problemOf, told, verdictOf } from "../../../assets/offline/core/checklist.js";
import * as drafts from "../../../assets/offline/core/drafts.js";
import { fly } from "../../../assets/offline/core/flight.js";
import { forget } from "../../../assets/offline/core/forget.js";
import { uuid7 } from "../../../assets/offline/core/ids.js";
import { NotSaved, capture, keepPhoto, newDevice } from "../../../assets/offline/core/log.js";
import { backoff } from "../../../assets/offline/core/loop.js";
import { heldPush, keepPush, wantsPush } from "../../../assets/offline/core/push.js";
import { card } from "../../../assets/offline/core/views/cards.js";
import { order } from "../../../assets/offline/core/views/order.js";
import { orders } from "../../../assets/offline/core/views/orders.js";
import { run } from "../../../assets/offline/core/views/run.js";
import { outbox } from "../../../assets/offline/core/views/outbox.js";
import { sync } from "../../../assets/offline/core/views/sync.js";
import { pageAgain } from "../../../assets/offline/again.js";
import { hear } from "../../../assets/offline/ended.js";
import { forgetTold } from "../../../assets/offline/forget_told.js";
import { notices } from "../../../assets/offline/notices.js";
import { today } from "../../../assets/offline/core/views/today.js";
import { ITEMS, START, aPhone, aSnapshot, aWorld, anOrder, hashOf, iso, sha256 } from "./things.mjs";

const shot = { sha256: hashOf("x"), size: 1, taken_at: iso(0) };

test("an id is a valid UUIDv7 even when the phone thinks it is 1969", () => {
  const id = uuid7(-5, (count) => new Uint8Array(count).fill(255));
  assert.equal(id, "00000000-0000-7fff-bfff-ffffffffffff");
});

test("a number is read as people type it, and nothing else is a number", () => {
  assert.equal(numberOf("０.４５"), 0.45);
  assert.equal(numberOf(" 0,5 "), 0.5);
  for (const typed of ["", "1e3", "0x1", "1.2.3", "-", "Infinity", "一"]) assert.ok(Number.isNaN(numberOf(typed)), typed);
});

test("a number outside its limits is a fail, outside the instrument it is no number", () => {
  assert.equal(verdictOf(ITEMS.pressure, { number: "0.7" }), "fail");
  assert.equal(problemOf(ITEMS.pressure, { number: "0.5" }), "");
  assert.equal(problemOf(ITEMS.pressure, { number: "2.1" }), "number_not_possible");
  assert.equal(problemOf(ITEMS.pressure, { number: "abc" }), "number_not_a_number");
});

test("a fail asks for a note and for a photo, in this order", () => {
  assert.equal(problemOf(ITEMS.lock, { verdict: "fail" }), "note_required");
  assert.equal(problemOf(ITEMS.lock, { verdict: "fail", note: "坏了" }), "photo_required");
  assert.equal(problemOf(ITEMS.lock, { verdict: "fail", note: "坏了", photos: [shot] }), "");
});

test("what was not asked for may be left out, and not applicable needs nothing more", () => {
  assert.equal(problemOf(ITEMS.remark, {}), "");
  assert.equal(problemOf(ITEMS.lock, {}), "answer_missing");
  assert.equal(problemOf(ITEMS.view, {}), "photo_required");
  assert.equal(problemOf(ITEMS.view, { verdict: "not_applicable" }), "");
});

test("a verdict is told only where it is not derived", () => {
  assert.deepEqual(told(ITEMS.pressure, { number: "0.5" }), { item_id: "pressure", photos: [], number: 0.5 });
  assert.deepEqual(told(ITEMS.door, { choices: ["open"], note: " a " }), { item_id: "door", photos: [], note: "a", choices: ["open"] });
  assert.deepEqual(told(ITEMS.lock, { verdict: "pass" }), { item_id: "lock", photos: [], verdict: "pass" });
});

test("all pass leaves alone what somebody has answered", () => {
  const draft = drafts.verdictTapped(drafts.newPoint({ run: "r", point: "p", visit: "v" }), "lock", "fail");
  assert.equal(drafts.allPass(draft, { items: [ITEMS.lock] }).answers.lock.verdict, "fail");
});

test("a single choice gives way to another, a tap on the same takes it back", () => {
  const draft = drafts.choiceTapped(drafts.newPoint({ run: "r", point: "p", visit: "v" }), ITEMS.door, "shut");
  const other = drafts.choiceTapped(draft, ITEMS.door, "open");
  assert.deepEqual(other.answers.door.choices, ["open"]);
  assert.deepEqual(drafts.choiceTapped(other, ITEMS.door, "open").answers.door.choices, []);
});

test("seq counts on the phone and n in the thread, without a gap", async () => {
  const phone = aPhone();
  const threads = ["a", "b", "a"];
  for (const thread of threads) await capture(phone, { kind: "order.claim", thread, body: {} });
  const ops = [...phone.disk.stores.ops.values()];
  assert.deepEqual(ops.map((op) => [op.seq, op.thread_id, op.n]), [[1, "a", 1], [2, "b", 1], [3, "a", 2]]);
  assert.equal(ops[0].body_sha256, await sha256(new TextEncoder().encode(ops[0].body)));
});

/** One flight of this phone, whose operations are answered like this. */
function flight(phone, answer, told = {}) {
  const said = (content) => ({ status: 200, json: { server: "propapp", ...content } });
  return fly({
    ...phone, person: "p", app: "1", persisted: () => true, onProgress: () => {}, onGreeting: () => {}, alive: () => {},
    call: async ({ path, json }) => {
      if (path === "hello") return said({ epoch: "e", person_id: "p", server_time: iso(0), last_seq: 0, ...told });
      const results = await answer(json.operations);
      return said({ results: json.operations.map(({ id, body_sha256 }, i) => ({ id, body_sha256, ...results[i] })) });
    },
  });
}

const taken = { status: "applied", photos_missing: [] };
const gap = { status: "retry", code: "gap", facts: { expected: "1" } };

async function twoNotes(phone) {
  for (const _ of ["first", "second"]) await capture(phone, { kind: "order.note", thread: "a", body: {} });
}

test("a gap that another tab has closed meanwhile moves no numbers", async () => {
  const phone = aPhone();
  await twoNotes(phone);
  // The other tab sends both, and hears only of the first.
  const other = () => flight(phone, (ops) => ops.map((op) => (op.n === 1 ? taken : { status: "retry" })));
  await flight(phone, async () => (await other(), [{ status: "retry", code: "damaged" }, gap]));
  await capture(phone, { kind: "order.note", thread: "a", body: {} });
  assert.deepEqual([...phone.disk.stores.ops.values()].map((op) => op.n), [1, 2, 3]);
});

test("a gap is closed on a phone whose clock was set back", async () => {
  const phone = aPhone();
  const { now } = phone;
  phone.now = () => now() + 86_400_000;
  await twoNotes(phone);
  // The server has the first under another name of this phone, so it counts nothing in this thread.
  await flight(phone, (ops) => ops.map(({ n }) => (n === 1 ? { status: "duplicate", outcome: "applied" } : { status: "retry" })));
  phone.now = now;
  await flight(phone, () => [gap]);
  assert.equal(phone.disk.stores.ops.get(2).n, 1);
});

test("a gap is closed in the flight that finds it, and nobody waits for the next", async () => {
  const phone = aPhone();
  await twoNotes(phone);
  let asked = 0;
  // As a server that has the first under another name of this phone, and then counts from one.
  await flight(phone, (ops) => {
    asked++;
    return ops.map(({ n }) => (asked === 1 && n === 1 ? { status: "duplicate", outcome: "applied" } : n === 1 ? taken : gap));
  });
  assert.deepEqual([...phone.disk.stores.ops.values()].map((op) => op.state), ["sent", "sent"]);
  assert.equal(asked, 3);
});

test("a server that sees a gap for ever is not asked for ever", async () => {
  const phone = aPhone();
  await twoNotes(phone);
  let asked = 0;
  await flight(phone, (ops) => (asked++, ops.map(({ n }) => (n === 1 && asked === 1 ? taken : gap))));
  assert.equal(phone.disk.stores.ops.get(2).state, "saved");
  assert.ok(asked <= 4, String(asked));
});

test("a phone that remembers less than it sent takes another name and says which one is gone", async () => {
  const phone = aPhone();
  await twoNotes(phone);
  const before = phone.disk.stores.meta.get("device").value;
  const said = [];
  await fly({
    ...phone, person: "p", app: "1", persisted: () => true, onProgress: () => {}, onGreeting: () => {}, alive: () => {},
    call: async ({ path, json }) => {
      if (path === "hello") said.push(json);
      const last_seq = json.device_id === before ? 5 : 0;
      const results = (json.operations ?? []).map(({ id, body_sha256 }) => ({ id, body_sha256, ...taken }));
      return { status: 200, json: { server: "propapp", epoch: "e", person_id: "p", server_time: iso(0), last_seq, results } };
    },
  });
  const after = phone.disk.stores.meta.get("device").value;
  assert.deepEqual(said.map((one) => [one.device_id, one.lost]), [
    [before, undefined], [after, [{ device_id: before, kind: "went_back", seq: 5 }]],
  ]);
  assert.equal(phone.disk.stores.meta.has("lost"), false);
});

test("a lost name is said again until the server has answered", async () => {
  const phone = aPhone();
  const lost = [{ device_id: "gone", kind: "cleared", seq: 3 }];
  await phone.store.write(["meta"], (tx) => tx.put("meta", { key: "lost", value: lost }));
  const deaf = { ...phone, person: "p", app: "1", persisted: () => true, onProgress: () => {}, call: () => Promise.reject(new Error("no network")) };
  await fly(deaf);
  assert.deepEqual(phone.disk.stores.meta.get("lost").value, lost);
});

test("a phone that is full keeps nothing half", async () => {
  const phone = aPhone();
  const write = phone.store.write;
  phone.store.write = (names, work, options) => write(names, async (tx) => {
    await work(tx);
    throw new NotSaved("no_space");
  }, options);
  await assert.rejects(capture(phone, { kind: "order.claim", thread: "a", body: {} }), { code: "no_space" });
  assert.equal(phone.disk.stores.ops.size + phone.disk.stores.meta.size, 0);
});

test("a photo that cannot be read again was not saved", async () => {
  const phone = aPhone();
  await assert.rejects(keepPhoto(phone, shot, new TextEncoder().encode("y").buffer, null), { code: "photo_unreadable" });
});

test("an operation cannot name a photo that is not here", async () => {
  const phone = aPhone();
  await assert.rejects(capture(phone, { kind: "order.note", thread: "a", body: {}, photos: [shot.sha256] }), { code: "photo_lost" });
  assert.equal(phone.disk.stores.ops.size, 0);
});

test("what the server never took is done again under the same numbers", async () => {
  const phone = aPhone();
  const first = await capture(phone, { kind: "order.note", thread: "a", body: {} });
  phone.disk.stores.ops.set(first.no, { ...first, state: "attention", refused: true });
  await capture(phone, { kind: "order.note", thread: "a", body: { text: "b" }, replaces: first.no });
  const ops = [...phone.disk.stores.ops.values()];
  assert.deepEqual(ops.map((op) => [op.seq, op.n, op.state]), [[1, 1, "saved"]]);
});

test("what the server refused for good is replaced, and counts no more", async () => {
  const phone = aPhone();
  const first = await capture(phone, { kind: "order.note", thread: "a", body: {} });
  phone.disk.stores.ops.set(first.no, { ...first, state: "attention" });
  await capture(phone, { kind: "order.note", thread: "a", body: { text: "b" }, replaces: first.no });
  assert.deepEqual([...phone.disk.stores.ops.values()].map((op) => [op.n, op.state]), [[1, "replaced"], [2, "saved"]]);
  assert.equal(sync(aWorld(phone)).word, "saved");
});

test("the pause grows up to five minutes and is never shorter than a second", () => {
  assert.equal(backoff({ chance: () => 0 }, 50), 1000);
  assert.ok(backoff({ chance: () => 0.999 }, 50) <= 5 * 60_000);
  assert.ok(backoff({ chance: () => 0.999 }, 1) <= 2000);
});

const plan = drafts.planOf(aSnapshot(), aSnapshot().occurrences[0]);
const runDraft = { key: "run:r", run_id: "r", plan, started_at: iso(0), current_point: "", note: "", problem: "" };

async function onTheWay() {
  const phone = aPhone();
  await capture(phone, { ...bodies.startRun("r", "tonight", plan.route), drafts: [runDraft] });
  return phone;
}

async function visitFirst(phone, verdict = "pass") {
  const arrived = drafts.arrive(drafts.newPoint({ run: "r", point: "p1", visit: "v" }), { method: "scan", code: "at-p1", at: iso(1) });
  await capture(phone, bodies.visit(drafts.verdictTapped(arrived, "lock", verdict), plan.points[0]));
}

test("a run begun here is running and mine, before the server knows", async () => {
  const [first] = today(aWorld(await onTheWay())).current;
  assert.deepEqual([first.phase, first.mine, first.run_id, first.send_state], ["running", true, "r", "saved"]);
});

test("a run goes on at the first point that was not visited", async () => {
  const phone = await onTheWay();
  assert.equal(run(aWorld(phone), "r").point.id, "p1");
  await visitFirst(phone);
  const view = run(aWorld(phone), "r");
  assert.deepEqual([view.stage, view.point.id, view.done, view.count_pass], ["point", "p2", 1, 1]);
  assert.deepEqual(view.stops.map((stop) => stop.state), ["done", "here"]);
});

test("a run needs no snapshot once it has begun", async () => {
  assert.equal(run(aWorld(await onTheWay(), { snapshot: null }), "r").stage, "point");
});

test("problems are said after the first try only", async () => {
  const phone = await onTheWay();
  const draft = drafts.arrive(drafts.newPoint({ run: "r", point: "p1", visit: "v" }), { method: "hand", reason: "dark", at: iso(1) });
  phone.disk.stores.drafts.set(draft.key, draft);
  const view = run(aWorld(phone), "r");
  assert.deepEqual([view.stage, view.point.rows[0].problem, view.missing_count], ["arrived", "", 1]);
  phone.disk.stores.drafts.set(draft.key, { ...draft, tried: true });
  assert.equal(run(aWorld(phone), "r").point.rows[0].problem, "answer_missing");
});

test("a fault shows at its point and in the summary", async () => {
  const phone = await onTheWay();
  await visitFirst(phone, "fail");
  const view = run(aWorld(phone), "r");
  assert.deepEqual([view.faults.length, view.count_fail, view.stops[0].state], [1, 1, "fault"]);
});

test("a claim tapped offline is asked, and becomes mine by the server's word only", async () => {
  const phone = aPhone();
  const op = await capture(phone, bodies.orderStep("claim", anOrder(), drafts.newOrderDraft("leak")));
  const asked = order(aWorld(phone), "leak");
  assert.deepEqual([asked.card.asked, asked.card.mine, asked.card.status, asked.verbs], ["claim", false, "reported", ["note"]]);
  phone.disk.stores.ops.set(op.no, { ...op, state: "sent", answered_at: START });
  assert.deepEqual([order(aWorld(phone), "leak").card.asked, order(aWorld(phone), "leak").card.mine], ["", true]);
});

test("a claim that lost says so with the server's sentence, and the order is not mine", async () => {
  const phone = aPhone();
  const op = await capture(phone, bodies.orderStep("claim", anOrder(), drafts.newOrderDraft("leak")));
  phone.disk.stores.ops.set(op.no, { ...op, state: "attention", code: "already_claimed", message: "已被接走" });
  const { card } = order(aWorld(phone), "leak");
  assert.deepEqual([card.asked, card.mine, card.problem, card.problem_text], ["", false, "already_claimed", "已被接走"]);
});

test("a fact of this phone goes when a later snapshot tells it", async () => {
  const phone = aPhone();
  const op = await capture(phone, bodies.orderStep("start", anOrder(), drafts.newOrderDraft("leak")));
  phone.disk.stores.ops.set(op.no, { ...op, state: "sent", answered_at: START });
  assert.equal(order(aWorld(phone), "leak").card.status, "in_progress");
  assert.equal(order(aWorld(phone, { askedAt: START + 1 }), "leak").card.status, "reported");
});

test("an order reported here stands in the list before it has a number", async () => {
  const phone = aPhone();
  const draft = { ...drafts.newReport("new"), category: "water", place_id: "hall", text: "滴水" };
  await capture(phone, bodies.report(draft, { place: "hall", site: "garden" }));
  const { shown } = orders(aWorld(phone), "open");
  assert.deepEqual(shown.map((card) => [card.id, card.number, card.send_state]), [["leak", "20260302-1", "none"], ["new", "", "saved"]]);
});

test("sent is said when the operation and all its photos are sent, not before", async () => {
  const phone = aPhone();
  const bytes = new TextEncoder().encode("x").buffer;
  await keepPhoto(phone, shot, bytes, null);
  const op = await capture(phone, { kind: "order.note", thread: "leak", body: { text: "", photos: [shot] }, photos: [shot.sha256] });
  phone.disk.stores.ops.set(op.no, { ...op, state: "sent", answered_at: START });
  assert.deepEqual([outbox(aWorld(phone)).waiting[0].state, sync(aWorld(phone)).word], ["saved", "saved"]);
  phone.disk.stores.photos.set(shot.sha256, { ...phone.disk.stores.photos.get(shot.sha256), state: "sent" });
  assert.deepEqual([outbox(aWorld(phone)).recent[0].state, sync(aWorld(phone)).word], ["sent", "sent"]);
});

test("that all arrived is said only by a phone that knows whose it is and lost nothing", async () => {
  const phone = aPhone();
  const told = (change) => outbox({ ...aWorld(phone), snapshot: {}, cleared: null, ...change }).sure;
  assert.deepEqual([told({}), told({ snapshot: null }), told({ cleared: { unsent: 0 } })], [true, false, false]);
});

test("what the office made of work that was held back is said of the phone's own copy", async () => {
  const phone = aPhone();
  const held = async (code) => {
    const op = await capture(phone, { kind: "order.note", thread: code, body: {}, photos: [] });
    phone.disk.stores.ops.set(op.no, { ...op, state: "attention", code, message: "", answered_at: START });
    return op.id;
  };
  const [done, left, open] = [await held("unknown_operation"), await held("author_left"), await held("quarantined")];
  const mirror = { ops: phone.disk.stores.ops };
  await hear({ store: { ...phone.store, mirror }, snapshot: { ended: [{ id: done, done: true }, { id: left, done: false }] } });
  const { waiting, recent } = outbox(aWorld(phone));
  assert.deepEqual(recent.map((line) => line.id), [done]);
  assert.deepEqual(waiting.map(({ id, reason, advice }) => [id, reason, advice]), [[left, "settled", "ended"], [open, "quarantined", "office"]]);
});

test("that the office knows of a loss is said only when the server has answered to it", () => {
  const told = (cleared) => outbox({ ...aWorld(aPhone()), cleared }).cleared_told;
  assert.deepEqual([null, { unsent: 1, told: false }, { unsent: 1, told: true }].map(told), [false, false, true]);
});

test("the light says what presses most", async () => {
  const phone = aPhone();
  const op = await capture(phone, { kind: "order.claim", thread: "leak", body: {} });
  const word = (change) => sync(aWorld(phone, { sync: { ...aWorld(phone).sync, ...change } })).word;
  assert.equal(word({ online: false }), "saved");
  assert.equal(word({ word: "sign_in" }), "sign_in");
  assert.equal(word({ word: "sending" }), "sending");
  phone.disk.stores.ops.set(op.no, { ...op, state: "attention" });
  assert.equal(word({}), "attention");
});

test("a step that lacks something says what", () => {
  const draft = drafts.newOrderDraft("leak");
  assert.equal(bodies.problemOf("complete", draft), "photo_required");
  assert.equal(bodies.problemOf("complete", { ...draft, photos: [shot] }), "note_required");
  assert.equal(bodies.problemOf("hold", { ...draft, texts: { note: "别处写的" } }), "note_required");
  assert.equal(bodies.problemOf("assign", draft), "person_missing");
  assert.equal(bodies.problemOf("rate", draft), "stars_missing");
  assert.equal(bodies.problemOf("claim", draft), "");
});

test("what did not arrive says why and what to do, and what arrived says neither", async () => {
  const phone = aPhone();
  const op = await capture(phone, { kind: "order.claim", thread: "leak", body: {} });
  const said = (change) => {
    phone.disk.stores.ops.set(op.no, { ...op, ...change });
    const [{ reason, advice }] = outbox(aWorld(phone)).waiting;
    return [reason, advice];
  };
  assert.deepEqual(said({}), ["", ""]);
  assert.deepEqual(said({ state: "attention", code: "too_large", refused: true }), ["too_large", "again"]);
  assert.deepEqual(said({ state: "attention", code: "wrong_step" }), ["unexpected", "redo"]);
  assert.deepEqual(said({ state: "attention", code: "quarantined" }), ["quarantined", "office"]);
  assert.deepEqual(said({ state: "attention", code: "photo_lost" }), ["photo_lost", "photo_lost"]);
});

/** A claim that the server judged, as it lies on the phone, and how it is changed. */
async function aLostClaim(change = {}) {
  const phone = aPhone();
  const op = await capture(phone, { kind: "order.claim", thread: "leak", body: {} });
  const now = (more) => phone.disk.stores.ops.set(op.no, { ...phone.disk.stores.ops.get(op.no), ...more });
  now({ state: "attention", code: "wrong_step", message: "已被别人抢走", answered_at: START, ...change });
  return { phone, op, now };
}

const beside = (phone, found = {}, change = {}) => notices(aWorld(phone, change), { skew: 0, people: [], ...found });

test("what the server has and judged is not unsent, and what was never taken is", async () => {
  const counts = async (change) => sync(aWorld((await aLostClaim(change)).phone)).unsent;
  assert.equal(await counts({}), 0);
  assert.equal(await counts({ refused: true }), 1);
  assert.equal(await counts({ photos: ["x"] }), 0);
});

test("a judged thing whose photo is still here is unsent until the photo is there", async () => {
  const { phone, op, now } = await aLostClaim({ photos: [shot.sha256] });
  phone.disk.stores.photos.set(shot.sha256, { ...shot, state: "saved", code: "", message: "", no: op.no });
  assert.equal(sync(aWorld(phone)).unsent, 1);
  now({ told_at: START });
  assert.deepEqual([outbox(aWorld(phone)).waiting[0].state, sync(aWorld(phone)).word], ["saved", "saved"]);
  phone.disk.stores.photos.set(shot.sha256, { ...shot, state: "attention", code: "photo_refused", message: "", no: op.no });
  const [line] = outbox(aWorld(phone)).waiting;
  assert.deepEqual([line.state, line.reason, line.advice], ["attention", "photo_refused", "again"]);
});

test("a judgement asks for attention until its person has read it, and then stays listed with its reason", async () => {
  const { phone, now } = await aLostClaim();
  assert.deepEqual([sync(aWorld(phone)).word, beside(phone).told], ["attention", []]);
  now({ told_at: START });
  const world = aWorld(phone);
  assert.deepEqual([sync(world).word, outbox(world).waiting, outbox(world).recent], ["sent", [], []]);
  const [line] = beside(phone).told;
  assert.deepEqual([line.state, line.message, line.advice], ["told", "已被别人抢走", ""]);
  // Another judgement, of a server that went back to a backup, has to be read again.
  now({ answered_at: START + 1 });
  assert.equal(sync(aWorld(phone)).word, "attention");
});

test("an order whose judgement was read has no red mark any more", async () => {
  const { phone, now } = await aLostClaim();
  const leak = () => card(aWorld(phone), { ...anOrder(), id: "leak" });
  assert.deepEqual([leak().send_state, leak().problem], ["attention", "wrong_step"]);
  now({ told_at: START });
  assert.deepEqual([leak().send_state, leak().problem], ["sent", ""]);
});

test("what was read and refused with its next request needs attention again", async () => {
  const { phone, now } = await aLostClaim({ told_at: START });
  now({ refused: true });
  assert.deepEqual([sync(aWorld(phone)).word, sync(aWorld(phone)).unsent], ["attention", 1]);
});

test("what was read of goes after a month, and not before", async () => {
  const { phone } = await aLostClaim({ told_at: START });
  const store = { ...phone.store, mirror: phone.disk.stores };
  await forgetTold(store, START + 29 * 24 * 3600_000);
  assert.equal(phone.disk.stores.ops.size, 1);
  await forgetTold(store, START + 31 * 24 * 3600_000);
  assert.equal(phone.disk.stores.ops.size, 0);
});

test("what nobody has read of is never forgotten", async () => {
  const { phone } = await aLostClaim();
  await forgetTold({ ...phone.store, mirror: phone.disk.stores }, START + 400 * 24 * 3600_000);
  assert.equal(phone.disk.stores.ops.size, 1);
});

test("each kind is done again where it is done", () => {
  const where = (kind, roles = ["guard"]) => pageAgain({ kind, thread_id: "t" }, roles);
  assert.deepEqual(["leave.ask", "leave.withdraw", "swap.ask", "swap.accept"].map((kind) => where(kind)), ["/duty?ask=leave", "/duty", "/duty?ask=swap", "/duty"]);
  assert.deepEqual([where("letter.sign"), where("message.read")], ["/letters", "/messages"]);
  assert.deepEqual([where("order.claim"), where("order.rate", ["owner"]), where("order.report")], ["/orders?order=t", "/matter?order=t", "/report"]);
  assert.deepEqual([where("round.start"), where("round.visit"), where("round.finish")], ["/today", "/run?run=t", "/run?run=t"]);
  assert.equal(where("of.tomorrow"), "/");
});

test("a wrong clock is told by how much, and only when the server found it so", () => {
  const phone = aPhone();
  const told = (clock_suspect, skew) => {
    const { clock, minutes } = beside(phone, { skew }, { sync: { ...aWorld(phone).sync, clock_suspect } });
    return [clock, minutes];
  };
  assert.deepEqual(told(true, 25 * 60_000), ["fast", 25]);
  assert.deepEqual(told(true, -90 * 60_000), ["slow", 90]);
  assert.deepEqual(told(false, 25 * 60_000), ["", 0]);
});

test("a photo in trouble can be sent again though its words have arrived", async () => {
  const phone = aPhone();
  await keepPhoto(phone, shot, new TextEncoder().encode("x").buffer, null);
  const op = await capture(phone, { kind: "order.note", thread: "leak", body: {}, photos: [shot.sha256] });
  phone.disk.stores.ops.set(op.no, { ...op, state: "sent" });
  phone.disk.stores.photos.set(shot.sha256, { ...phone.disk.stores.photos.get(shot.sha256), state: "attention", code: "photo_refused" });
  const [line] = outbox(aWorld(phone)).waiting;
  assert.deepEqual([line.state, line.reason, line.advice], ["attention", "photo_refused", "again"]);
});

test("a token is asked for once, again for another device, again before it ends, never by a token", async () => {
  const phone = aPhone();
  const asks = (device, change = {}) => wantsPush({ ...phone, ...change }, device);
  assert.deepEqual(await asks("d1"), { wants_push: true });
  await keepPush(phone, "d1", { token: "t", expires_at: iso(30 * 24 * 60) });
  assert.equal(await heldPush(phone.store), "t");
  assert.deepEqual(await asks("d1"), {});
  assert.deepEqual(await asks("d2"), { wants_push: true });
  const after = (days) => ({ now: () => START + days * 24 * 3600_000 });
  assert.deepEqual(await asks("d1", after(9)), {});
  // From whatever hello on, a fortnight without a network does not outlast it.
  assert.deepEqual(await asks("d1", after(11)), { wants_push: true });
  assert.deepEqual(await asks("d2", { token: "t" }), {});
});

test("what was sent long ago goes, and what waits stays though the phone has counted anew since", async () => {
  const phone = aPhone();
  const waits = await capture(phone, { kind: "order.claim", thread: "leak", body: {} });
  await phone.store.write(["meta"], (tx) => newDevice(tx, phone));
  const old = await capture(phone, { kind: "order.claim", thread: "tap", body: {} });
  assert.deepEqual([waits.no, waits.seq, old.no, old.seq], [1, 1, 2, 1]);
  const { ops } = phone.disk.stores;
  ops.set(waits.no, { ...waits, state: "attention" });
  ops.set(old.no, { ...old, state: "sent", answered_at: START });
  const later = (days) => forget({ ...phone.store, mirror: phone.disk.stores }, START + days * 24 * 3600_000);
  await later(29);
  assert.deepEqual([...ops.keys()], [1, 2]);
  await later(31);
  assert.deepEqual([...ops.keys()], [1]);
});

const DAY = 24 * 3600_000;

test("what a verified backup holds goes after a week, what lies in none stays for a month", async () => {
  const phone = aPhone();
  const { ops } = phone.disk.stores;
  const left = async (days, short) => {
    await forget({ ...phone.store, mirror: phone.disk.stores }, START + days * DAY, short);
    return ops.size;
  };
  await capture(phone, { kind: "order.note", thread: "a", body: {} });
  await flight(phone, () => [taken]);
  assert.equal(await left(29, true), 1);
  // The first hello after it says up to when it was surely answered; a receipt of then is none for it.
  await flight(phone, () => [], { server_time: iso(60), receipt: iso(60) });
  assert.equal(await left(29, true), 1);
  await flight(phone, () => [], { server_time: iso(120), receipt: iso(90) });
  assert.equal(await left(6, false), 1);
  assert.equal(await left(8, false), 0);
});

test("when room is short all goes that a backup holds, but a day's work", async () => {
  const phone = aPhone();
  await keepPhoto(phone, shot, new TextEncoder().encode("x").buffer, null);
  await capture(phone, { kind: "order.note", thread: "a", body: { photos: [shot] }, photos: [shot.sha256] });
  const { ops, photos, bytes } = phone.disk.stores;
  for (const [key, op] of ops) ops.set(key, { ...op, state: "sent", answered_at: START, kept_by: iso(0) });
  for (const [key, photo] of photos) photos.set(key, { ...photo, state: "sent" });
  phone.disk.stores.meta.set("receipt", { key: "receipt", value: iso(5) });
  const later = (days) => forget({ ...phone.store, mirror: phone.disk.stores }, START + days * DAY, true);
  await later(2);
  // The photo itself came after the backup.
  assert.deepEqual([ops.size, photos.size, bytes.size], [0, 1, 1]);
  photos.set(shot.sha256, { ...photos.get(shot.sha256), kept_by: iso(0) });
  await later(2);
  assert.deepEqual([photos.size, bytes.size], [0, 0]);
});

test("what is sent again after a restore has no receipt until it was answered anew", async () => {
  const phone = aPhone();
  await capture(phone, { kind: "order.note", thread: "a", body: {} });
  await flight(phone, () => [taken]);
  await flight(phone, () => [], { server_time: iso(60), receipt: iso(90) });
  const op = () => [...phone.disk.stores.ops.values()][0];
  assert.ok(op().kept_by);
  await flight(phone, () => [taken], { epoch: "after the fire", server_time: iso(100), receipt: null });
  assert.deepEqual([op().state, op().kept_by], ["sent", ""]);
  assert.equal(phone.disk.stores.meta.get("receipt").value, "");
});
