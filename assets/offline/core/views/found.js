// What was found on a run: faults and figures, from the visits as they were handed in.
import { bodyOf, photoView } from "../overlay.js";

/** Each answer of a visit with its item and what it amounts to. */
function told(point, visit) {
  return bodyOf(visit).answers.flatMap((answer) => {
    const item = point.template.items.find((one) => one.id === answer.item_id);
    return item ? [{ item, answer, verdict: verdictOf(item, answer) }] : [];
  });
}

function verdictOf(item, answer) {
  if (answer.verdict) return answer.verdict;
  if (item.kind === "number") return outside(item, answer.number) ? "fail" : "pass";
  return (item.choices ?? []).some((one) => one.fail && answer.choices?.includes(one.value)) ? "fail" : "pass";
}

const given = (limit) => limit !== null && limit !== undefined;
const outside = ({ low, high }, number) => (given(low) && number < low) || (given(high) && number > high);

/** The faults at a point; without a world only their number counts. */
export function faultsAt(world, point, visit) {
  if (!visit) return [];
  return told(point, visit).filter(({ verdict }) => verdict === "fail").map(({ item, answer }) => ({
    id: `${visit.id}:${item.id}`, point: point.checkpoint.name, point_en: point.checkpoint.name_en,
    label: item.label, label_en: item.label_en, note: answer.note ?? "",
    photos: world ? answer.photos.map((shot) => photoView(world, shot)) : [],
  }));
}

/** The figures of the summary. */
export function counts(world, plan, visits, start) {
  const all = plan.points.flatMap((one) => (visits.has(one.id) ? told(one, visits.get(one.id)) : []));
  const of = (verdict) => all.filter((one) => one.verdict === verdict).length;
  const end = world.ops.find((op) => op.thread_id === start.run_id && op.kind === "round.finish");
  const spent = (Date.parse(end?.client_time ?? "") || world.now) - Date.parse(start.started_at);
  return {
    count_pass: of("pass"), count_fail: of("fail"), count_na: of("not_applicable"),
    count_photos: all.reduce((sum, one) => sum + one.answer.photos.length, 0),
    minutes: Math.max(0, Math.round(spent / 60_000)),
  };
}
