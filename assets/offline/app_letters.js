// What the page of the letters imports, beside app.js: other pages need not load it.
import { capture } from "./core/log.js";
import { LETTERS, letters } from "./core/views/letters.js";
import { action, captured, changed, engine, inBrowser, once, page, world } from "./context.js";
import { sha256 } from "./engine.js";
import { viewOf } from "./hook.js";

export const useLetters = viewOf(letters, LETTERS);

const WIDE = 300;
const HIGH = 120;
const LONGEST = 8000;

/** Sign exactly the words that stand on the screen: their digest is made of them here. */
export const signLetter = once(async (id) => {
  const { letters: all, me } = letters(world());
  const one = all.find((each) => each.id === id);
  if (!one || one.state === "signed") return;
  const words_sha256 = await sha256(new TextEncoder().encode(`${one.words}\n\n${one.words_en}`));
  const signature = page.inkOf === id ? (page.ink ?? "") : "";
  const body = { part_id: id, words_sha256, name: me, signature };
  await capture(engine.tools(), { kind: "letter.sign", thread: id, body, title: one.goal, title_en: one.goal_en });
  page.ink = "";
  captured();
});

export const clearInk = action(() => {
  page.ink = "";
  changed();
});

// The pad is drawn anew at each stroke, so the finger is followed from here.
function follow() {
  let pad = null;
  addEventListener("pointerdown", (event) => {
    pad = event.target.closest?.("[data-ink]");
    if (!pad) return;
    if (page.inkOf !== pad.dataset.ink) page.ink = "";
    page.inkOf = pad.dataset.ink;
    draw(pad, event, "M");
  });
  addEventListener("pointermove", (event) => pad && draw(pad, event, "L"));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pad = null));
}

function draw(pad, event, sign) {
  const { left, top, width, height } = pad.getBoundingClientRect();
  const x = Math.round(Math.min(Math.max((event.clientX - left) / width, 0), 1) * WIDE);
  const y = Math.round(Math.min(Math.max((event.clientY - top) / height, 0), 1) * HIGH);
  const next = `${page.ink ?? ""}${sign}${x} ${y} `;
  if (next.length > LONGEST) return;
  page.ink = next;
  changed();
}

// Prerendering runs this file in node, where there is no finger.
if (inBrowser) follow();
