// Operations go up in the order of their making, in batches that shrink where one will not pass.
import { renameDevice } from "./rename.js";
import { envelope } from "./log.js";
import { askServer, codeOf, messageOf } from "./wire.js";

/** Send what can be sent; a thread with trouble is held, the others go on. */
export async function sendOperations(flight) {
  for (;;) {
    const batch = await nextBatch(flight);
    if (batch.length === 0) return;
    mark(flight, batch);
    const operations = batch.map(envelope);
    const json = { device_id: batch[0].device, operations };
    const answer = await askServer(flight.port.call, "operations", json);
    if (answer.status === 200) await take(flight, batch, answer.json);
    else await shrink(flight, batch, answer);
  }
}

function mark(flight, batch) {
  flight.inFlight = new Set(batch.map((op) => op.no));
  flight.port.onProgress(flight);
}

async function nextBatch(flight) {
  const [saved, attention] = await flight.port.store.read(["ops"], async (tx) => [
    await tx.inState("ops", "saved"), await tx.inState("ops", "attention"),
  ]);
  const held = new Set(flight.held);
  // The server never took these, so whatever follows them in their thread would leave a gap.
  for (const op of attention) if (op.refused) held.add(op.thread_id);
  const ready = saved.filter((op) => !held.has(op.thread_id)).sort((a, b) => a.no - b.no);
  const together = ready.filter((op) => op.device === ready[0].device).slice(0, flight.count);
  return fitting(together, flight.limits.bytes);
}

/** The first of these that one request may carry, at least one. */
export function fitting(ops, limit) {
  const encoder = new TextEncoder();
  let bytes = 100;
  const end = ops.findIndex((op) => (bytes += encoder.encode(JSON.stringify(envelope(op))).length + 1) > limit);
  return end < 0 ? ops : ops.slice(0, Math.max(1, end));
}

async function take(flight, batch, answer) {
  const results = new Map((Array.isArray(answer.results) ? answer.results : []).map((r) => [r?.id, r]));
  const outcomes = batch.map((op) => outcome(op, results.get(op.id)));
  await flight.port.store.write(["ops", "photos"], async (tx) => {
    for (const [i, op] of batch.entries()) if (outcomes[i]) await settle(flight, tx, op, outcomes[i]);
  });
  const moved = await mend(flight, batch, results);
  batch.forEach((op, i) => outcomes[i] && (flight.done++, moved.add(op.thread_id)));
  // A thread that got on is asked for at once: what its next one waited for is there by now.
  batch.forEach((op, i) => outcomes[i] || moved.has(op.thread_id) || hold(flight, op));
  flight.count = Math.min(flight.ceiling, flight.count * 2);
}

function hold(flight, op) {
  flight.held.add(op.thread_id);
  flight.troubled = true;
}

// Two ways in which a phone's numbers and the server's can part, when either went back to a backup.
// Tells in which threads a gap was closed.
async function mend(flight, batch, results) {
  const said = (code) => batch.filter((op) => results.get(op.id)?.code === code);
  const closed = new Set();
  if (said("sequence_reused").length > 0) await flight.port.store.write(["ops", "meta"], (tx) => renameDevice(tx, flight.port));
  for (const op of said("gap")) {
    if (leads(batch, op) && (await closeGap(flight, op, Number(results.get(op.id).facts?.expected)))) closed.add(op.thread_id);
  }
  return closed;
}

// Who follows another of its thread only waited for that one, which another tab may have sent by now.
// The phone's clock could not tell an old answer from a new one: it may be set back in between.
function leads(batch, { id, thread_id }) {
  return batch.find((op) => op.thread_id === thread_id).id === id;
}

// The server waits for a number that this phone has nothing for: what waits takes its place.
async function closeGap(flight, { no, thread_id, device }, expected) {
  if (!Number.isInteger(expected)) return false;
  return flight.port.store.write(["ops", "meta"], async (tx) => {
    const thread = (await tx.all("ops")).filter((op) => op.thread_id === thread_id && op.device === device);
    const [first, ...rest] = thread.filter((op) => op.state === "saved" || op.refused).sort((a, b) => a.no - b.no);
    if (first?.no !== no || first.n <= expected) return false;
    let n = expected;
    for (const op of [first, ...rest]) await tx.put("ops", { ...op, n: n++ });
    await tx.put("meta", { key: `thread:${thread_id}`, value: n - 1 });
    return true;
  });
}

// An answer counts only with the digest of the very bytes that were sent; null means: not answered.
function outcome(op, result) {
  if (!result || result.body_sha256 !== op.body_sha256) return null;
  const status = result.status === "duplicate" ? result.outcome ?? "applied" : result.status;
  if (status === "applied") return { state: "sent", code: "", message: "", missing: result.photos_missing };
  if (!["rejected", "quarantined", "conflict"].includes(status) || result.code === "sequence_reused") return null;
  return {
    state: "attention", code: result.code || status, message: result.message ?? "", missing: result.photos_missing,
  };
}

async function settle(flight, tx, op, { missing, ...outcome }) {
  // Read again: the person may have done something about it while it was under way.
  const now = await tx.get("ops", op.no);
  if (now?.id !== op.id || now.state !== "saved") return;
  await tx.put("ops", { ...now, ...outcome, refused: false, answered_at: flight.port.now(), kept_by: "" });
  for (const sha256 of missing ?? []) {
    const photo = await tx.get("photos", sha256);
    if (photo?.state === "sent") await tx.put("photos", { ...photo, state: "saved" });
  }
}

// The request itself was refused: find out which operation it is, and set only that one aside.
async function shrink(flight, batch, answer) {
  if (batch.length > 1) {
    flight.count = Math.ceil(batch.length / 2);
    if (answer.status === 413) flight.ceiling = flight.count;
    return;
  }
  const code = codeOf(answer) || (answer.status === 413 ? "too_large" : "unexpected");
  const outcome = { state: "attention", code, message: messageOf(answer), refused: true };
  await flight.port.store.write(["ops"], async (tx) => {
    const now = await tx.get("ops", batch[0].no);
    if (now?.state === "saved") await tx.put("ops", { ...now, ...outcome });
  });
  flight.done++;
}
