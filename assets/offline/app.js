// What pages import: hooks that read, and functions that taps are bound to.
import { setLocale } from "../i18n/store.js";
import { onAddress } from "../ui/address.js";
import { capture } from "./core/log.js";
import * as bodies from "./core/bodies.js";
import * as empty from "./core/views/empty.js";
import { me, messages, outbox, sync } from "./core/views/sync.js";
import { action, captured, changed, engine, go, inBrowser, routes, world } from "./context.js";
import { app, door, listen } from "./door.js";
import { viewOf } from "./hook.js";

export * from "./door.js";

export const useOutbox = viewOf(outbox, empty.OUTBOX);
export const useMe = viewOf(me, empty.ME);
export const useSync = viewOf(sync, empty.SYNC);
export const useMessages = viewOf(messages, empty.MESSAGES);
export const useDoor = viewOf(door, empty.DOOR);
export const useApp = viewOf(app, empty.APP);

/** Send now; what the server could not take before is tried once more. */
export const retryNow = action(async () => {
  await tryAgain(world().ops.filter((op) => op.state === "attention" && op.refused));
  engine.wake();
});

/** Send again what the server would not take; what it refused for good is opened to be done again. */
export const sendAgain = action(async (id) => {
  const op = world().ops.find((one) => one.id === id);
  if (!op) return;
  if (op.state === "attention" && !op.refused) return doAgain(op);
  await tryAgain([op]);
  engine.wake();
});

async function tryAgain(ops) {
  if (ops.length === 0) return;
  await engine.store.write(["ops", "photos"], async (tx) => {
    for (const { no, photos } of ops) {
      const op = await tx.get("ops", no);
      if (op.state === "attention") await tx.put("ops", { ...op, state: "saved", refused: false });
      for (const sha256 of photos) await photoAgain(tx, sha256);
    }
  });
}

async function photoAgain(tx, sha256) {
  const photo = await tx.get("photos", sha256);
  if (photo?.state === "attention") await tx.put("photos", { ...photo, state: "saved" });
}

async function doAgain(op) {
  if (op.kind !== "round.visit") return go(`/orders?order=${op.thread_id}`);
  const { reopenPoint } = await import("./rounds.js");
  await reopenPoint(JSON.parse(op.body).point_id);
  go(routes.run + op.thread_id);
}

/** The person has read that the phone was cleared; the office knows it by itself. */
export const clearedSeen = action(() => engine.store.write(["meta"], (tx) => tx.remove("meta", "cleared")));

export const markMessagesRead = action(async () => {
  const { unread, lines } = messages(world());
  if (unread === 0) return;
  await capture(engine.tools(), bodies.messagesRead(engine.person, lines[0].created_at));
  captured();
});

/** The language changes here at once, and at the server when it can. */
export const chooseLanguage = action(async (locale) => {
  await setLocale(locale);
  if (!engine.store) return;
  await capture(engine.tools(), bodies.language(engine.person, locale));
  captured();
});

// Prerendering runs this file in node, where there is nothing to start.
if (inBrowser) {
  onAddress(changed);
  setInterval(changed, 30_000);
  listen();
  engine.ready = engine.start().catch((error) => console.error(error));
}
