// What was sent long ago makes room; what was not stays, however old it is. What lies in a backup of the
// house goes first; what lies in none is kept longer, for the house may burn and be set up again without it.

const DAY = 24 * 3600_000;
const KEEP = 7 * DAY, KEEP_ALONE = 30 * DAY;

/**
 * Let go of what was sent long ago, and of photos that no draft and no operation names.
 * @param {import("./log.js").Store & {mirror: {ops: Map, photos: Map, drafts: Map, meta: Map}}} store
 * @param {number} now milliseconds since 1970
 * @param {boolean} short whether there is little room: then all goes that a backup holds
 */
export async function forget(store, now, short = false) {
  const { ops, photos, drafts, meta } = store.mirror;
  const receipt = Date.parse(meta.get("receipt")?.value ?? "");
  const before = (one) => now - (Date.parse(one.kept_by ?? "") < receipt ? (short ? DAY : KEEP) : KEEP_ALONE);
  const old = [...ops.values()].filter((op) => over(op, before(op)) && op.photos.every((sha) => (photos.get(sha)?.state ?? "sent") === "sent"));
  // By `no`: `seq` begins again when the phone takes another name, and would mean another deed.
  const gone = new Set(old.map((op) => op.no));
  const needed = new Set([...ops.values()].filter((op) => !gone.has(op.no)).flatMap((op) => op.photos));
  const held = JSON.stringify([...drafts.values()]);
  const aside = (photo) => stale(photo, before(photo)) || dropped(photo, now);
  const unused = [...photos.keys()].filter((sha) => !needed.has(sha) && !held.includes(sha) && aside(photos.get(sha)));
  if (old.length + unused.length === 0) return;
  await store.write(["ops", "photos", "bytes", "drafts"], async (tx) => {
    for (const op of old) await forgetOp(tx, op);
    for (const sha of unused) await Promise.all([tx.remove("photos", sha), tx.remove("bytes", sha)]);
  });
}

const over = (op, before) => (op.state === "sent" || op.state === "replaced") && op.answered_at < before;

const stale = (photo, before) => photo.state === "sent" && Date.parse(photo.taken_at) < before;

const dropped = (photo, now) => photo.state === "draft" && Date.parse(photo.taken_at) < now - KEEP;

async function forgetOp(tx, op) {
  await tx.remove("ops", op.no);
  if (op.kind === "round.finish") await tx.remove("drafts", `run:${op.thread_id}`);
}
