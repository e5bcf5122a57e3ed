// The challenge at a point: the same lot as the server draws, kept and told as one answer more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import * as bodies from "../../../assets/offline/core/bodies.js";
import { CHALLENGE, asAnswered, drawnAt, hmac, itemAt, itemOf, lot, toldOf } from "../../../assets/offline/core/challenge.js";
import { problemOf } from "../../../assets/offline/core/checklist.js";
import * as drafts from "../../../assets/offline/core/drafts.js";
import { run } from "../../../assets/offline/core/views/run.js";
import { aPhone, aSnapshot, aWorld, hashOf, iso, sha256 } from "./things.mjs";

const VECTORS = JSON.parse(readFileSync(new URL("../lots.json", import.meta.url)));
const shot = { sha256: hashOf("x"), size: 1, taken_at: iso(0) };
const question = { id: "q", kind: "question", text: "几号泵？", text_en: "Which pump?", choices: [{ text: "1", text_en: "1" }, { text: "2", text_en: "2" }] };
const detail = { id: "d", kind: "detail", text: "压力表", text_en: "The gauge", choices: [] };

/** A walk at whose first point one of these is drawn, if any. */
function aPlan(challenges, change = {}) {
  const pool = { "at-p1": challenges.map((one) => one.id) };
  const snapshot = aSnapshot({ challenge_days: [{ id: "day", commitment: "c0", one_in: 1, pool, ...change }] });
  Object.assign(snapshot.occurrences[0], { challenge_key: "5c".repeat(32), challenge_day: "day" });
  snapshot.checkpoints[0].challenges = challenges;
  return drafts.planOf(snapshot, snapshot.occurrences[0]);
}

const arrived = (challenge, answer) => {
  const draft = { ...drafts.newPoint({ run: "r", point: "p1", visit: "v" }), challenge, answers: { lock: { verdict: "pass" } } };
  return answer ? drafts.answered(draft, CHALLENGE, answer) : draft;
};
const toldBy = (plan, draft) => bodies.visit(draft, plan.points[0], toldOf(draft));

test("the lots are those that the server draws", async () => {
  for (const { key, checkpoint, one_in, among, lot: expected } of VECTORS)
    assert.equal(await lot(sha256, key, checkpoint, { one_in, among }), expected, key);
});

test("the hash with a key is the one that everybody knows", async () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  const expected = createHmac("sha256", key).update("二号水泵").digest("hex");
  assert.equal(Buffer.from(await hmac(sha256, key, "二号水泵")).toString("hex"), expected);
});

test("nothing is drawn without a key, at a point without challenges, or for one that was dropped", async () => {
  const plan = aPlan([question]);
  assert.equal((await drawnAt(sha256, plan, plan.points[0])).id, "q");
  assert.equal(await drawnAt(sha256, plan, plan.points[1]), null);
  assert.equal(await drawnAt(sha256, { ...plan, draw: null }, plan.points[0]), null);
  const dropped = aPlan([question], { pool: { "at-p1": ["gone"] } });
  assert.equal(await drawnAt(sha256, dropped, dropped.points[0]), null);
});

test("a plan that was pinned before there were challenges is walked as ever", async () => {
  const { draw, ...before } = aPlan([question]);
  assert.equal(await drawnAt(sha256, before, before.points[0]), null);
});

test("the answer goes with the visit, by its place and with the hash of the seed", async () => {
  const plan = aPlan([question]);
  const challenge = await drawnAt(sha256, plan, plan.points[0]);
  const chosen = drafts.choiceTapped(arrived(challenge), itemAt(arrived(challenge), plan.points[0].template, CHALLENGE), "1");
  const { body } = toldBy(plan, chosen);
  assert.deepEqual(body.challenge, { challenge_id: "q", commitment: "c0", photos: [], choice: 1 });
  assert.deepEqual(body.answers.map((one) => one.item_id), ["lock"]);
});

test("a photo of the detail travels with the others of the visit", async () => {
  const plan = aPlan([detail]);
  const challenge = await drawnAt(sha256, plan, plan.points[0]);
  const { body, photos } = toldBy(plan, arrived(challenge, { photos: [shot] }));
  assert.deepEqual(body.challenge.photos, [shot]);
  assert.deepEqual(photos, [shot.sha256]);
});

test("it may be passed over but not overlooked", () => {
  const item = itemOf(question);
  assert.equal(problemOf(item, {}), "answer_missing");
  assert.equal(problemOf(itemOf(detail), {}), "photo_required");
  assert.equal(problemOf(item, { verdict: "not_applicable" }), "");
  const plan = aPlan([question]);
  const { body } = toldBy(plan, arrived({ ...question, commitment: "c0" }, { verdict: "not_applicable", choices: ["0"] }));
  assert.deepEqual(body.challenge, { challenge_id: "q", commitment: "c0", photos: [] });
});

test("a visit where nothing was drawn says nothing of it", () => {
  assert.equal("challenge" in toldBy(aPlan([]), arrived(null)).body, false);
});

test("what a visit said is what its correction begins with", () => {
  assert.deepEqual(asAnswered({ choice: 0 }), { choices: ["0"] });
  assert.deepEqual(asAnswered({ photos: [shot] }), { photos: [shot] });
  assert.deepEqual(asAnswered({ photos: [] }), { verdict: "not_applicable" });
});

test("the page shows it apart from the checklist and counts it as missing", async () => {
  const phone = aPhone();
  const plan = aPlan([question]);
  phone.disk.stores.drafts.set("run:r", { key: "run:r", run_id: "r", plan, started_at: iso(0), current_point: "p1" });
  const draft = { ...arrived({ ...question, commitment: "c0" }), method: "hand" };
  phone.disk.stores.drafts.set(draft.key, draft);
  const shown = run(aWorld(phone), "r");
  assert.deepEqual([shown.point.challenge.label, shown.point.rows.length, shown.missing_count], ["几号泵？", 1, 1]);
});
