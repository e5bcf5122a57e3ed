// What an answer amounts to and what is still missing, by the template's own words.
// The server decides again; this only keeps a person from handing in what it would send back.

/** @typedef {{verdict?: string, number?: string, choices?: string[], text?: string, note?: string, photos?: object[]}} Draft */

/** A typed number, or NaN. A comma and full-width digits are numbers too. */
export function numberOf(typed) {
  const plain = String(typed ?? "").normalize("NFKC").trim().replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** pass, fail, not_applicable, or empty where nothing was answered yet. */
export function verdictOf(item, answer) {
  if (answer.verdict === "not_applicable") return "not_applicable";
  if (item.kind === "pass_fail") return answer.verdict ?? "";
  if (item.kind === "number") return numberVerdict(item, answer);
  if (item.kind === "single" || item.kind === "multiple") return choiceVerdict(item, answer);
  if (item.kind === "photo") return answer.photos?.length ? "pass" : "";
  return answer.text?.trim() ? "pass" : "";
}

function numberVerdict(item, answer) {
  const number = numberOf(answer.number);
  if (Number.isNaN(number)) return "";
  return below(number, item.low) || above(number, item.high) ? "fail" : "pass";
}

function choiceVerdict(item, answer) {
  const chosen = (item.choices ?? []).filter((choice) => answer.choices?.includes(choice.value));
  if (chosen.length === 0) return "";
  return chosen.some((choice) => choice.fail) ? "fail" : "pass";
}

const below = (number, limit) => limit !== null && limit !== undefined && number < limit;
const above = (number, limit) => limit !== null && limit !== undefined && number > limit;

export const needsNote = (verdict) => verdict === "fail";

export function needsPhoto(item, verdict) {
  if (verdict === "not_applicable") return false;
  return verdict === "fail" || item.photo_required || (item.kind === "photo" && item.required);
}

/** The code of what keeps this answer from being handed in, or empty. */
export function problemOf(item, answer) {
  const verdict = verdictOf(item, answer);
  const wrong = wrongNumber(item, answer);
  if (wrong) return wrong;
  if (verdict === "") return unanswered(item, answer);
  if (needsNote(verdict) && !answer.note?.trim()) return "note_required";
  if (needsPhoto(item, verdict) && !answer.photos?.length) return "photo_required";
  return "";
}

function unanswered(item, answer) {
  if (!item.required && !touched(answer)) return "";
  return item.kind === "photo" ? "photo_required" : "answer_missing";
}

/** The code for a number that no instrument shows; said at once, while it is being typed. */
export function wrongNumber(item, answer) {
  if (item.kind !== "number" || answer.verdict === "not_applicable" || !answer.number?.trim()) return "";
  const number = numberOf(answer.number);
  if (Number.isNaN(number)) return "number_not_a_number";
  return below(number, item.least) || above(number, item.most) ? "number_not_possible" : "";
}

function touched(answer) {
  return Boolean(answer.note?.trim() || answer.photos?.length);
}

/** Whether there is anything to send for this item. */
export function given(item, answer) {
  return verdictOf(item, answer) !== "";
}

/** The answer as an operation carries it. */
export function told(item, answer) {
  const verdict = verdictOf(item, answer);
  const body = { item_id: item.id, photos: answer.photos ?? [] };
  if (item.kind === "pass_fail" || verdict === "not_applicable") body.verdict = verdict;
  if (answer.note?.trim()) body.note = answer.note.trim();
  if (verdict === "not_applicable") return body;
  if (item.kind === "number") body.number = numberOf(answer.number);
  if (item.kind === "single" || item.kind === "multiple") body.choices = answer.choices;
  if (item.kind === "text") body.text = answer.text.trim();
  return body;
}
