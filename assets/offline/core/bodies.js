// The operations, as commands with their bodies: what docs/protocol.md calls "kinds".
import { given, told } from "./checklist.js";

const named = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "" && value !== null));
const hashes = (shots) => [...new Set(shots.map((shot) => shot.sha256))];

export function startRun(run, occurrence, route) {
  return {
    kind: "round.start", thread: run, body: { run_id: run, occurrence_id: occurrence },
    title: route.name, title_en: route.name_en,
  };
}

/** A visit with every answer that was given; `drawn` is what it says of its challenge, if it had one. */
export function visit(draft, point, drawn = {}) {
  const asked = [...point.template.items].sort((a, b) => a.position - b.position);
  const answers = asked.map((item) => [item, draft.answers[item.id] ?? {}])
    .filter(([item, answer]) => given(item, answer)).map(([item, answer]) => told(item, answer));
  const { visit_id, run_id, point_id, method, code, hand_reason, arrived_at, corrects } = draft;
  const { latitude, longitude, accuracy, mocked } = draft;
  const body = named({
    visit_id, run_id, point_id, template_id: point.template.id, method, code, hand_reason, arrived_at, corrects, latitude, longitude, accuracy, mocked,
  });
  return {
    kind: "round.visit", thread: run_id, body: { ...body, answers, ...drawn },
    photos: hashes([...answers, ...Object.values(drawn)].flatMap((answer) => answer.photos)),
    title: point.checkpoint.name, title_en: point.checkpoint.name_en,
  };
}

export function finish(run, note, route) {
  return {
    kind: "round.finish", thread: run, body: { run_id: run, note: note.trim() },
    title: route.name, title_en: route.name_en,
  };
}

const words = (verb) => (draft) => ({ reason: textOf(verb, draft) });
const textOf = (verb, draft) => (draft.texts[verb] ?? "").trim();

/** What each verb takes from the draft. */
const TAKES = {
  claim: () => ({}), start: () => ({}), resume: () => ({}), confirm: () => ({}), verify: () => ({}),
  hold: words("hold"), send_back: words("send_back"), cancel: words("cancel"),
  hand_over: (draft) => named({ reason: textOf("hand_over", draft), to_person_id: draft.person_id }),
  assign: (draft) => ({ to_person_id: draft.person_id }),
  note: (draft) => ({ text: textOf("note", draft), photos: draft.photos }),
  complete: (draft) => ({ note: textOf("complete", draft), photos: draft.photos }),
  reopen: (draft) => ({ reason: textOf("reopen", draft), photos: draft.photos }),
  rate: (draft) => ({ stars: draft.stars, note: textOf("rate", draft) }),
};
const WITH_REASON = ["hold", "send_back", "cancel", "hand_over", "reopen"];

/** What is missing before this verb can be done; the code of it, or empty. */
export function problemOf(verb, draft) {
  const body = TAKES[verb](draft);
  if (verb === "complete" && body.photos.length === 0) return "photo_required";
  if (verb === "note" && !body.text && body.photos.length === 0) return "note_required";
  if (verb === "complete" && !body.note) return "note_required";
  if (WITH_REASON.includes(verb) && !body.reason) return "note_required";
  if (verb === "assign" && !body.to_person_id) return "person_missing";
  return verb === "rate" && !body.stars ? "stars_missing" : "";
}

export function orderStep(verb, order, draft) {
  const body = { order_id: order.id, ...TAKES[verb](draft) };
  return {
    kind: `order.${verb}`, thread: order.id, body, photos: hashes(body.photos ?? []),
    title: order.title, title_en: order.title_en || order.title,
  };
}

export function reportProblem(draft) {
  if (!draft.category) return "category_missing";
  if (!draft.place_id) return "place_missing";
  return draft.text.trim() ? "" : "note_required";
}

/** @param {{unit?: string, place?: string, site: string}} where */
export function report(draft, { unit, place, site }) {
  const { order_id, category, photos } = draft;
  const description = draft.text.trim();
  const ids = named({ unit_id: unit ?? "", place_id: place ?? "" });
  const body = { order_id, site_id: site, category, description, ...ids, photos };
  const title = description.split("\n")[0].slice(0, 40);
  return { kind: "order.report", thread: order_id, body, photos: hashes(photos), title, title_en: title };
}

export const messagesRead = (person, upTo) => ({ kind: "message.read", thread: person, body: { up_to: upTo } });

export const language = (person, locale) => ({ kind: "account.choose_language", thread: person, body: { locale } });
