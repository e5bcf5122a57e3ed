// Leave and swaps as the phone asks for them, step by step, without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { capture } from "../../../assets/offline/core/log.js";
import { duty } from "../../../assets/offline/core/views/duty.js";
import { LI, START, aDuty, aPhone, aSnapshot, aWorld } from "./things.mjs";

const staff = [{ id: LI, name: "李", name_en: "Li", roles: ["guard"] }, { id: "wang", name: "王", name_en: "", roles: ["guard"] }, { id: "zhao", name: "赵", name_en: "", roles: ["technician"] }];
const book = (change) => aSnapshot({ staff, duty: aDuty(change) });
const at = (phone, asked = {}, snapshot = book()) => duty(aWorld(phone, { snapshot }), { ask: "", ...asked });

test("what a colleague asks comes first, what I asked says what became of it", () => {
  const { of_me, mine, turns } = at(aPhone());
  assert.deepEqual(of_me.map(({ id, other, say, verbs }) => [id, other, say, verbs]), [["swap", "王", "of_me_asked", ["accept", "decline"]]]);
  assert.deepEqual(mine.map(({ id, say, days, verbs }) => [id, say, days, verbs]), [["rest", "leave_approved", 2, []]]);
  assert.deepEqual(turns.map((one) => [one.id, one.hours]), [["day~2026-03-03", "08:00 – 17:00"]]);
});

test("leave asked without a network stands there at once, and says that it is on the phone", async () => {
  const phone = aPhone();
  const body = { leave_id: "ill", site_id: "garden", first: "2026-03-05", last: "2026-03-05", reason: "" };
  const op = await capture(phone, { kind: "leave.ask", thread: "ill", body });
  const [asked] = at(phone).mine;
  assert.deepEqual([asked.id, asked.say, asked.send_state, asked.verbs], ["ill", "leave_asked", "saved", ["withdraw"]]);
  await phone.store.write(["ops"], (tx) => tx.put("ops", { ...op, state: "attention", message: "不行" }));
  const [refused] = at(phone).mine;
  assert.deepEqual([refused.problem, refused.tone, refused.verbs], ["不行", "no", []]);
});

test("an answer given here counts until the house tells of it", async () => {
  const phone = aPhone();
  const op = await capture(phone, { kind: "swap.accept", thread: "swap", body: { swap_id: "swap" } });
  const answered = () => at(phone).mine.find((one) => one.id === "swap");
  assert.deepEqual([answered().say, answered().send_state, answered().verbs], ["of_me_accepted", "saved", []]);
  await phone.store.write(["ops"], (tx) => tx.put("ops", { ...op, state: "sent", answered_at: START - 5000 }));
  const snapshot = book({ swaps: aDuty().swaps.map((one) => ({ ...one, status: "approved" })) });
  const [told] = at(phone, {}, snapshot).mine.filter((one) => one.id === "swap");
  assert.deepEqual([told.say, told.send_state], ["of_me_approved", "none"]);
});

test("a swap is asked turn by turn: which, whom, and what in return", async () => {
  const phone = aPhone();
  const turn = "day~2026-03-03";
  assert.deepEqual(at(phone, { ask: "swap" }).choices.map((one) => one.id), [turn]);
  assert.deepEqual(at(phone, { ask: "swap", turn }).choices.map((one) => [one.id, one.note]), [["wang", "free"]]);
  const give = at(phone, { ask: "swap", turn, who: "wang" });
  assert.deepEqual(give.choices.map((one) => one.id), ["day~2026-03-04"]);
  const sure = at(phone, { ask: "swap", turn, who: "wang", give: "day~2026-03-04" });
  assert.deepEqual([sure.step, sure.other, sure.taken.id], ["sure", "王", "day~2026-03-04"]);
  const body = { swap_id: "mine", shift_id: "day", day: "2026-03-03", other_id: "wang", reason: "" };
  await capture(phone, { kind: "swap.ask", thread: "mine", body });
  assert.deepEqual(at(phone, { ask: "swap" }).choices, []);
});

test("leave over a month's end counts its days and the shifts that fall into it", () => {
  const snapshot = book({ today: "2026-02-27", turns: [{ shift_id: "day", day: "2026-03-01", people: [LI] }] });
  const why = at(aPhone(), { ask: "leave", first: "2026-02-27", last: "2026-03-02" }, snapshot);
  assert.deepEqual([why.step, why.days, why.turns_then], ["why", 4, 1]);
  assert.equal(at(aPhone(), { ask: "leave" }, snapshot).choices[2].day, "2026-03-01");
});

test("who is on no roster has nothing to ask, and an older house neither", () => {
  assert.deepEqual([at(aPhone(), {}, aSnapshot()).ready, at(aPhone(), {}, aSnapshot({ duty: null })).turns], [true, []]);
});
