// What must be true after the storm, whatever it was.

import { FUTURE, KNOWN, ORDER_STEPS } from "./deeds.mjs";
import { photoKey } from "./server.mjs";

export function check(world) {
  noDuplicate(world);
  ownName(world);
  order(world);
  oneOwner(world);
  for (const phone of world.phones) {
    const here = { ...world, phone };
    noLoss(here);
    judgedRightly(here);
    photos(here);
    drained(here);
    lossIsTold(here);
  }
}

// I1: whatever the person was told is saved is at the server, or still here and visibly so.
function noLoss({ phone, server, fail }) {
  const here = new Map([...phone.disk.stores.ops.values()].map((op) => [op.id, op]));
  for (const told of phone.told) {
    const at = server.state.ops.get(told.id);
    if (at && at.body !== told.body) fail("I1", `${told.id} is another one at the server`);
    if (!at && !here.has(told.id)) fail("I1", `${told.id} was saved and is gone`);
    if (!here.has(told.id)) fail("I1", `${told.id} was forgotten by the phone`);
  }
}

// I6: what became of a deed is what had to become of it.
function judgedRightly({ phone, server, fail }) {
  for (const { id, kind, refuse } of phone.told.filter((told) => !ORDER_STEPS.includes(told.kind))) {
    const at = server.state.ops.get(id);
    const due = kind === FUTURE ? "quarantined" : refuse ? "rejected" : "applied";
    if (at && at.outcome !== due) fail("I6", `${id} is ${at.outcome} and had to be ${due}`);
  }
}

// I8: nothing is done in another person's name, whoever has signed in on the phone meanwhile.
function ownName({ server, fail, deeds }) {
  for (const op of server.state.ops.values()) {
    if (op.person !== deeds[numberIn(op.body) - 1]?.phone.person) fail("I8", `${op.id} was done in the name of ${op.person}`);
  }
}

// I5: an order is nobody's or one person's; who came first has it, and nobody else was told so. Played again from
// what came in, by a way of an order that knows nothing of the product's.
function oneOwner({ server, fail }) {
  const orders = new Map();
  for (const { order, verb, person, taken } of server.state.steps) {
    const now = orders.get(order) ?? { status: "free", holder: null };
    const next = stepped(now, verb, person);
    if (taken !== (next !== null)) fail("I5", `${verb} of ${order} by ${person} was ${taken ? "taken" : "refused"} when it was ${now.status}`);
    if (next) orders.set(order, next);
  }
}

function stepped({ status, holder }, verb, person) {
  const theirs = holder === person;
  const open = ["free", "held", "begun"].includes(status);
  switch (verb) {
    case "claim": return theirs ? { status, holder } : status === "free" ? { status: "held", holder: person } : null;
    case "start": return theirs && status === "held" ? { status: "begun", holder } : null;
    case "complete": return theirs && status === "begun" ? { status: "done", holder } : null;
    case "hand_over": return theirs && open ? { status: "free", holder: null } : null;
    case "assign": return open ? { status: "held", holder: person } : null;
    case "cancel": return open ? { status: "cancelled", holder } : null;
    default: return null;
  }
}

// I2: one deed, one row; numbers are never used twice.
function noDuplicate({ server, fail, restored, phones, replayed }) {
  const seen = new Set();
  for (const op of server.state.ops.values()) {
    const number = numberIn(op.body);
    if (seen.has(number)) fail("I2", `deed ${number} is at the server twice`);
    seen.add(number);
  }
  if (server.conflicts.length > 0 && !restored && !replayed && !phones.some((phone) => phone.wentBack)) fail("I2", `numbers were used twice: ${JSON.stringify(server.conflicts[0])}`);
}

// Which of the deeds it is; a body that was damaged on its way may not even be JSON.
function numberIn(body) {
  try {
    return JSON.parse(body).number;
  } catch {
    return body;
  }
}

// I3: photos are what they were, and every one of an applied deed is there or is said to be lost.
function photos({ phone, server, fail }) {
  for (const { sha256, complete, digest } of server.state.photos.values()) {
    if (complete && digest !== sha256) fail("I3", `photo ${sha256} is not what was taken`);
  }
  for (const op of phone.disk.stores.ops.values()) for (const sha256 of op.photos) accounted(phone, server, fail, sha256);
}

function accounted(phone, server, fail, sha256) {
  const here = phone.disk.stores.photos.get(sha256);
  if (server.state.photos.get(photoKey(phone.person, sha256))?.complete) return;
  if (!here) fail("I1", `photo ${sha256} was saved and is gone`);
  else if (here.state === "draft") fail("I3", `photo ${sha256} belongs to a deed and was never to be sent`);
  else if (here.state === "sent") fail("I6", `photo ${sha256} is called sent and is not at the server`);
}

// I4: inside a thread of a phone the server has things in the order in which they were done.
function order({ server, fail, restored, deeds }) {
  // Another name of the phone begins to count anew, and a restored server hears old things again.
  if (restored) return;
  const last = new Map();
  for (const id of server.state.order) {
    const { thread_id, n, body } = server.state.ops.get(id);
    const phone = deeds[numberIn(body) - 1]?.phone;
    if (phone?.wentBack) continue;
    const thread = threads(last, phone);
    if (n !== (thread.get(thread_id) ?? 0) + 1) fail("I4", `${id} came out of order`);
    thread.set(thread_id, n);
  }
}

function threads(last, phone) {
  if (!last.has(phone)) last.set(phone, new Map());
  return last.get(phone);
}

// I7 and I10: nothing waits that could go, and what cannot go holds back only its own thread.
function drained({ phone, server, fail, calm }) {
  const { ops, photos: shots } = phone.disk.stores;
  const list = [...ops.values()];
  const blocked = new Set(list.filter((op) => op.state === "attention" && op.refused).map((op) => op.thread_id));
  const how = calm.wakes ? "after a wake-up" : "by itself";
  for (const op of list) {
    if (op.state === "saved" && !blocked.has(op.thread_id)) fail("I7", `${op.id} still waits ${how}`);
    if (op.state === "sent" && server.state.ops.get(op.id)?.outcome !== "applied") fail("I6", `${op.id} is called sent and was not applied`);
    if (op.state === "attention" && !op.refused && !onRecord(server, op)) fail("I1", `${op.id} was judged (${op.code}) and is nowhere on record`);
    if (op.state === "attention" && !refusedRightly(op)) fail("I10", `${op.id} was set aside for no reason (${op.code})`);
  }
  for (const photo of shots.values()) {
    if (photo.state === "saved") fail("I7", `photo ${photo.sha256} still waits ${how}`);
    if (photo.state === "attention" && !lostOrRefused(phone, server, photo)) fail("I10", `photo ${photo.sha256} was set aside for no reason (${photo.code})`);
  }
}

// Whatever the server said no to, it keeps: a human may want to see it.
function onRecord({ state, conflicts }, { id }) {
  return ["rejected", "quarantined"].includes(state.ops.get(id)?.outcome) || conflicts.some((one) => one.id === id);
}

function refusedRightly(op) {
  // Which steps of an order are turned down is for `oneOwner` to say.
  return op.kind !== KNOWN || JSON.parse(op.body).refuse || op.code === "too_large";
}

function lostOrRefused(phone, server, { sha256, code }) {
  return server.unreadable.has(sha256) || (code === "photo_lost" && phone.rotten.has(sha256));
}

// I9: a name that the phone gave up is one the server has heard of. Where the phone went back twice,
// or to before it had any, it may have forgotten that it ever had another name; only its browser's own
// note and the server's memory of the browser tell of that.
function lossIsTold({ phone, server, fail, restored }) {
  if (restored || (phone.wentBack ?? 0) > 1) return;
  const { meta } = phone.disk.stores;
  const waiting = (meta.get("lost")?.value ?? []).map((one) => one.device_id);
  const known = new Set([meta.get("device")?.value, ...phone.lost, ...waiting, ...phone.forgotten]);
  for (const name of phone.names) if (!known.has(name)) fail("I9", `the phone gave up the name ${name} and told nobody`);
}
