// What the outbox page imports, beside app.js: other pages need not load it.
import { pageAgain } from "./again.js";
import { OUTBOX } from "./core/views/empty.js";
import { outbox } from "./core/views/outbox.js";
import { PARCEL, parcel } from "./core/views/parcel.js";
import { judged, told } from "./core/overlay.js";
import { action, changed, engine, go, inBrowser, page, routes, subscribe, world } from "./context.js";
import { appVersion } from "./engine.js";
import { viewOf } from "./hook.js";
import { NOTICES, notices } from "./notices.js";
import { peopleLeft } from "./people_left.js";
import { clockSkew } from "./transport.js";

let people = [];
let counted = null;

export const useOutbox = viewOf(outbox, OUTBOX);
export const useParcel = viewOf(parcel, PARCEL);
export const useNotices = viewOf((now) => notices(now, { skew: clockSkew(), people }), NOTICES);

// Whose things they are is asked of their databases only where it is shown.
function countAgain() {
  const { others } = engine.sync;
  if (others === counted) return;
  counted = others;
  void peopleLeft(engine.person).then((found) => ((people = found), changed())).catch(() => {});
}

if (inBrowser) subscribe(countAgain);

/** Send now; what the server could not take before is tried once more. */
export const retryNow = action(async () => {
  await tryAgain(world().ops.filter((op) => op.state === "attention" && op.refused));
  engine.wake();
});

/** Send again what the server would not take; what it refused for good is opened to be done again. */
export const sendAgain = action(async (id) => {
  const op = world().ops.find((one) => one.id === id);
  if (!op) return;
  if (judged(op) && !told(op)) return doAgain(op);
  await tryAgain([op]);
  engine.wake();
});

async function tryAgain(ops) {
  if (ops.length === 0) return;
  await engine.store.write(["ops", "photos"], async (tx) => {
    for (const { no, photos } of ops) {
      const op = await tx.get("ops", no);
      if (op.refused) await tx.put("ops", { ...op, state: "saved", refused: false });
      for (const sha256 of photos) await photoAgain(tx, sha256);
    }
  });
}

async function photoAgain(tx, sha256) {
  const photo = await tx.get("photos", sha256);
  if (photo?.state === "attention") await tx.put("photos", { ...photo, state: "saved" });
}

async function doAgain(op) {
  if (op.kind === "round.visit") await reopen(op);
  go(pageAgain(op, world().snapshot?.me.roles ?? []));
}

// A point is reopened in the round that the address names; another may be under way by now.
async function reopen(op) {
  const { reopenPoint } = await import("./rounds.js");
  history.pushState(history.state, "", routes.run + op.thread_id);
  await reopenPoint(JSON.parse(op.body).point_id);
}

/** The person has read what the server made of it; it stays at the server, and here for a while. */
export const seen = action(async (id) => {
  const op = world().ops.find((one) => one.id === id);
  if (!op) return;
  const { forgetTold } = await import("./forget_told.js");
  await engine.store.write(["ops"], async (tx) => {
    const now = await tx.get("ops", op.no);
    if (now && judged(now)) await tx.put("ops", { ...now, told_at: now.answered_at });
  });
  await forgetTold(engine.store, Date.now());
});

/** The person has read that the phone was cleared; the office is told of it all the same. */
export const clearedSeen = action(() => engine.store.write(["meta"], (tx) => tx.remove("meta", "cleared")));

let file = null;

function show(parcel) {
  page.parcel = parcel;
  changed();
}

/** Pack what is unsent into a file for the office. The file is taken away with another tap. */
export const exportUnsent = action(async () => {
  await engine.ready;
  if (page.parcel?.state === "packing") return;
  show({ state: "packing" });
  try {
    const { pack } = await import("./parcel_file.js");
    file = await pack({ ...engine.tools(), app: appVersion() }, show);
  } catch (error) {
    console.error(error);
    show({ state: "failed", problem: problemOf(error) });
  }
});

function problemOf(error) {
  if (error?.name === "QuotaExceededError") return "no_room";
  return ["no_key", "nothing"].includes(error?.code) ? error.code : "failed";
}

export const saveParcel = action(async () => {
  const { save } = await import("./parcel_file.js");
  save(file);
});

/** Who thinks better of it while choosing has done nothing wrong. */
export const shareParcel = action(() =>
  navigator.share({ files: [file] }).catch((error) => error.name === "AbortError" || Promise.reject(error)));
