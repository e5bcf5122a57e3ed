// What was sent long ago makes room; what was not stays, however old it is.

const KEEP = 7 * 24 * 3600_000;

/**
 * Let go of what was sent long ago, and of photos that no draft and no operation names.
 * @param {import("./log.js").Store & {mirror: {ops: Map, photos: Map, drafts: Map}}} store
 * @param {number} now milliseconds since 1970
 */
export async function forget(store, now) {
  const before = now - KEEP;
  const { ops, photos, drafts } = store.mirror;
  const old = [...ops.values()].filter((op) => over(op, before) && op.photos.every((sha) => (photos.get(sha)?.state ?? "sent") === "sent"));
  // By `no`: `seq` begins again when the phone takes another name, and would mean another deed.
  const gone = new Set(old.map((op) => op.no));
  const needed = new Set([...ops.values()].filter((op) => !gone.has(op.no)).flatMap((op) => op.photos));
  const held = JSON.stringify([...drafts.values()]);
  const unused = [...photos.keys()].filter((sha) => !needed.has(sha) && !held.includes(sha) && stale(photos.get(sha), before));
  if (old.length + unused.length === 0) return;
  await store.write(["ops", "photos", "bytes", "drafts"], async (tx) => {
    for (const op of old) await forgetOp(tx, op);
    for (const sha of unused) await Promise.all([tx.remove("photos", sha), tx.remove("bytes", sha)]);
  });
}

const over = (op, before) => (op.state === "sent" || op.state === "replaced") && op.answered_at < before;

const stale = (photo, before) => (photo.state === "sent" || photo.state === "draft") && Date.parse(photo.taken_at) < before;

async function forgetOp(tx, op) {
  await tx.remove("ops", op.no);
  if (op.kind === "round.finish") await tx.remove("drafts", `run:${op.thread_id}`);
}
