// A photo on its way into a draft: made smaller, kept, and named there. It takes a moment, and people go on.
import { keepPhoto, NotSaved } from "./core/log.js";
import { fileOf, picture } from "./camera.js";
import { engine, holdDraft, settled } from "./context.js";
import { roomForPhoto } from "./upkeep.js";

let taking = Promise.resolve();

/** Until all of a draft is on the disk; who hands in while a photo is on its way hands in with the photo. */
export async function allSettled(find) {
  await taking;
  await settled(find().key);
}

/**
 * Take the event's photo into the draft that `find` gives, as `withShot` names it there.
 * @param {() => {key: string}} find
 * @param {(draft: object, shot: object) => object} withShot
 * @param {any[]} event
 */
export function takePhoto(find, withShot, event) {
  const file = fileOf(...event);
  if (!file) return;
  const kept = keep(find, withShot, file);
  taking = Promise.allSettled([taking, kept]);
  sayUntil(taking, event);
  return kept;
}

const busy = new WeakMap();

// At the button itself: seconds in which nothing is seen look as if nothing had been done.
function sayUntil(done, event) {
  const button = event.map((one) => one?.target?.closest?.("label")).find(Boolean);
  if (!button) return;
  busy.set(button, done);
  button.setAttribute("aria-busy", "true");
  void done.then(() => busy.get(button) === done && button.removeAttribute("aria-busy"));
}

async function keep(find, withShot, file) {
  if (!(await roomForPhoto(engine))) throw new NotSaved("no_space");
  const { shot, bytes } = await picture(file, new Date().toISOString());
  // The draft is read only now: the person may have answered more while the picture was made smaller.
  await holdDraft(find().key, () => keepPhoto(engine.tools(), shot, bytes, withShot(find(), shot)));
}
