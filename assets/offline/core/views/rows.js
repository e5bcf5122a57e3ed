// The questions of a point with the answers so far.
import { needsNote, needsPhoto, problemOf, verdictOf, wrongNumber } from "../checklist.js";
import { photoView } from "../overlay.js";

const figure = (number) => (number === null || number === undefined ? "" : String(number));

export function rows(world, asked, answers, tried) {
  return asked.map((item) => row(world, item, answers[item.id] ?? {}, tried));
}

function row(world, item, answer, tried) {
  const verdict = verdictOf(item, answer);
  const told = world.page.rows?.[item.id] ?? "";
  return {
    id: item.id, kind: item.kind, label: item.label, label_en: item.label_en, required: item.required, verdict,
    unit: item.unit ?? "", low: figure(item.low), high: figure(item.high), number: answer.number ?? "",
    text: answer.text ?? "", note: answer.note ?? "", choices: choices(item, answer),
    needs_note: needsNote(verdict), needs_photo: needsPhoto(item, verdict),
    photos: (answer.photos ?? []).map((shot) => photoView(world, shot)),
    problem: told || (tried ? problemOf(item, answer) : wrongNumber(item, answer)),
  };
}

function choices(item, answer) {
  return (item.choices ?? []).map(({ value, label, label_en, fail }) => ({
    value, label, label_en: label_en ?? "", chosen: Boolean(answer.choices?.includes(value)), fail: Boolean(fail),
  }));
}
