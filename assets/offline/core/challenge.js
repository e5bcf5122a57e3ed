// The challenge that is drawn for a visit: the same lot as the server draws, propapp/core/evidence/lots.py.
// Which answer is right is not on the phone.
import { hex } from "./ids.js";

/** The challenge among the answers of a point; no checklist has an item of this id. */
export const CHALLENGE = "challenge";
const BLOCK = 64;

const bytesOf = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
const joined = (one, other) => Uint8Array.from([...one, ...other]);

/** HMAC-SHA-256 over a hash that was passed in; the key is no longer than a block. */
export async function hmac(sha256, key, text) {
  const padded = (pad) => Uint8Array.from({ length: BLOCK }, (_, i) => (key[i] ?? 0) ^ pad);
  const inner = await sha256(joined(padded(0x36), new TextEncoder().encode(text)));
  return bytesOf(await sha256(joined(padded(0x5c), bytesOf(inner))));
}

const number = (bytes, from) => new DataView(bytes.buffer).getUint32(from);

/** Which of so many is asked at this checkpoint, counted from 0; null where none is. */
export async function lot(sha256, key, checkpoint, { one_in, among }) {
  const thrown = await hmac(sha256, bytesOf(key), checkpoint);
  if (among === 0 || number(thrown, 0) % one_in !== 0) return null;
  return number(thrown, 4) % among;
}

/** What is asked at this point on this walk, whole, so that it outlives a new snapshot; or null. */
export async function drawnAt(sha256, plan, point) {
  const ids = plan.draw?.pool[point.checkpoint_id] ?? [];
  if (ids.length === 0) return null;
  const { key, one_in, commitment } = plan.draw;
  const found = await lot(sha256, key, point.checkpoint_id, { one_in, among: ids.length });
  // One that was dropped keeps its place in the draw, and is not asked.
  const challenge = (point.checkpoint.challenges ?? []).find((one) => one.id === ids[found]);
  return challenge ? { ...challenge, commitment } : null;
}

/** The challenge as an item, to be answered like those of the checklist. */
export function itemOf({ kind, text, text_en, choices }) {
  const offered = choices.map((one, i) => ({ value: String(i), label: one.text, label_en: one.text_en }));
  return {
    id: CHALLENGE, kind: kind === "detail" ? "photo" : "single", label: text, label_en: text_en, required: true,
    choices: offered,
  };
}

/** The item of this id: one of the checklist, or what was drawn for this visit. */
export function itemAt(draft, template, id) {
  return id === CHALLENGE && draft.challenge ? itemOf(draft.challenge) : template.items.find((one) => one.id === id);
}

/** What the visit says of its challenge; nothing where none was drawn. */
export function toldOf({ challenge, answers }) {
  if (!challenge) return {};
  const { verdict, choices = [], photos = [] } = answers[CHALLENGE] ?? {};
  const said = { challenge_id: challenge.id, commitment: challenge.commitment, photos: [] };
  if (challenge.kind === "detail") return { challenge: { ...said, photos } };
  if (verdict === "not_applicable") return { challenge: said };
  return { challenge: choices.length > 0 ? { ...said, choice: Number(choices[0]) } : said };
}

/** The answer of a draft, from what a visit said before. */
export function asAnswered({ choice, photos = [] }) {
  if (choice !== undefined) return { choices: [String(choice)] };
  return photos.length > 0 ? { photos } : { verdict: "not_applicable" };
}
