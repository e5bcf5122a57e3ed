// What pages import: hooks that read, and functions that taps are bound to.
import { setLocale } from "../i18n/store.js";
import { onAddress } from "../ui/address.js";
import { capture } from "./core/log.js";
import * as bodies from "./core/bodies.js";
import * as empty from "./core/views/empty.js";
import { me, messages, sync } from "./core/views/sync.js";
import { action, captured, changed, engine, inBrowser, page, world } from "./context.js";
import { app, door, listen } from "./door.js";
import { viewOf } from "./hook.js";

export * from "./door.js";

export const useMe = viewOf(me, empty.ME);
export const useSync = viewOf(sync, empty.SYNC);
export const useMessages = viewOf(messages, empty.MESSAGES);
export const useDoor = viewOf(door, empty.DOOR);
export const useApp = viewOf(app, empty.APP);
export const useUnsaved = viewOf(({ page: { problem } }) => ({ said: problem === "not_saved" }), { said: false });

/** The person has read that the last tap was not kept. */
export const unsavedSeen = action(() => {
  page.problem = "";
  changed();
});

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
