// Drafts: what is being answered or written and not yet done. Each change makes a new draft.
/** The draft of a run: where the person is, and the plan as it was when the run began. */
export const runKey = (run) => `run:${run}`;
export const pointKey = (run, point) => `point:${run}:${point}`;
export const orderKey = (order) => `order:${order}`;
export const REPORT = "report";

/** Everything a run needs, pinned: a new template or route counts from the next run on. */
export function planOf(snapshot, occurrence) {
  const route = snapshot.routes.find((one) => one.id === occurrence.route_id);
  if (!route) return null;
  const named = (list, id) => list.find((one) => one.id === id);
  const points = [...route.points].sort((a, b) => a.position - b.position).map((point) => ({
    ...point,
    checkpoint: named(snapshot.checkpoints, point.checkpoint_id),
    template: named(snapshot.templates, point.template_id),
  }));
  const { id, site_id, name, name_en } = route;
  const whole = points.every((point) => point.checkpoint && point.template);
  const draw = drawOf(snapshot, occurrence, points.map((point) => point.checkpoint_id));
  return whole ? { occurrence, route: { id, site_id, name, name_en }, points, draw } : null;
}

/** What the draws of a walk need, pinned with its plan; null where nothing is drawn. */
function drawOf(snapshot, occurrence, checkpoints) {
  const day = snapshot.challenge_days?.find((one) => one.id === occurrence.challenge_day);
  if (!day || !occurrence.challenge_key) return null;
  const pool = Object.fromEntries(checkpoints.map((id) => [id, day.pool[id] ?? []]));
  return { key: occurrence.challenge_key, commitment: day.commitment, one_in: day.one_in, pool };
}

export function newPoint({ run, point, visit, corrects }) {
  return {
    key: pointKey(run, point), run_id: run, point_id: point, visit_id: visit, corrects: corrects ?? "",
    arrived_at: "", method: "", code: "", hand_reason: "", latitude: null, longitude: null, accuracy: null,
    tried: false, answers: {}, challenge: null,
  };
}

/** Somebody stands at the point. A scan counts more than a hand's word and replaces it. */
export function arrive(draft, { method, code = "", reason = "", at, position }) {
  const { latitude = null, longitude = null, accuracy = null } = position ?? {};
  const first = draft.arrived_at || at;
  return { ...draft, method, code, hand_reason: reason, arrived_at: first, latitude, longitude, accuracy };
}

/** Change the answer to one item. */
export function answered(draft, item, change) {
  const before = draft.answers[item] ?? {};
  return { ...draft, answers: { ...draft.answers, [item]: { ...before, ...change } } };
}

export function verdictTapped(draft, item, verdict) {
  const same = draft.answers[item]?.verdict === verdict;
  return answered(draft, item, { verdict: same ? "" : verdict });
}

export function choiceTapped(draft, item, value) {
  const before = draft.answers[item.id]?.choices ?? [];
  const chosen = before.includes(value);
  const others = item.kind === "multiple" ? before.filter((one) => one !== value) : [];
  return answered(draft, item.id, { choices: chosen ? others : [...others, value], verdict: "" });
}

export function withPhoto(photos, shot) {
  return [...(photos ?? []).filter((one) => one.sha256 !== shot.sha256), shot];
}

export function withoutPhoto(photos, sha256) {
  return (photos ?? []).filter((one) => one.sha256 !== sha256);
}

/** Everything nobody has said anything about is as it should be: one tap. */
export function allPass(draft, template) {
  return template.items
    .filter((item) => item.kind === "pass_fail" && !draft.answers[item.id]?.verdict)
    .reduce((now, item) => answered(now, item.id, { verdict: "pass" }), draft);
}

/** Words are kept for each verb apart: why it waits is not what was done. */
export const newOrderDraft = (order) => ({
  key: orderKey(order), order_id: order, verb: "", texts: {}, photos: [], person_id: "", stars: 0, problem: "",
});

export const newReport = (order) => ({
  key: REPORT, order_id: order, category: "", place_id: "", text: "", photos: [], problem: "",
});
