// One run: where on the way, what to do here, what was found.
import { itemOf } from "../challenge.js";
import { problemOf } from "../checklist.js";
import { planOf, pointKey, runKey } from "../drafts.js";
import { standing, threadState } from "../overlay.js";
import { POINT, ROW, RUN, SCANNER } from "./empty.js";
import { counts, faultsAt } from "./found.js";
import { rows } from "./rows.js";
import { coded, finished, visited } from "./today.js";

/** @param {import("../overlay.js").World} world @param {string} id the run asked for, or empty */
export function run(world, id) {
  const found = findRun(world, id);
  if (!found) return { ...RUN, stage: world.loaded ? "absent" : "loading" };
  const { plan, draft, start } = found;
  const visits = visited(world, start.run_id);
  const here = hereOf(plan, draft, visits);
  const way = plan.points.map((one) => stop(one, visits.get(one.id), one === here));
  const point = here ? pointView(world, start, here) : POINT;
  const missing = here ? missingAt(world, start.run_id, here).length : 0;
  return {
    ...RUN, run_id: start.run_id, route: plan.route.name, route_en: plan.route.name_en, stops: way,
    stage: stageOf(world, found, visits, point), position: here?.position ?? plan.points.length,
    total: plan.points.length, done: visits.size, point, missing_count: missing,
    ready_to_complete: Boolean(point.method) && missing === 0, visits: lines(plan, way, visits),
    faults: plan.points.flatMap((one) => faultsAt(world, one, visits.get(one.id))),
    ...counts(world, plan, visits, start), unvisited: plan.points.length - visits.size, note: draft.note ?? "",
    problem: draft.problem || world.page.problem, scanner: world.page.scan ?? SCANNER,
    hand_open: Boolean(world.page.hand), hand_reason: world.page.hand_reason ?? "",
    send_state: threadState(world, start.run_id),
  };
}

function stageOf(world, { draft, start, plan }, visits, point) {
  if (finished(world, start.run_id)) return "finished";
  if (draft.summary || (visits.size === plan.points.length && !draft.current_point)) return "summary";
  return point.method ? "arrived" : "point";
}

/** The plan a run follows: as pinned when it began here, else as the snapshot has it. */
export function findRun(world, id) {
  const wanted = id || lastRunning(world);
  const draft = world.drafts.get(runKey(wanted));
  if (draft?.plan) return { plan: draft.plan, draft, start: draft };
  const occurrence = wanted && world.snapshot?.occurrences.find((one) => one.run?.id === wanted);
  const plan = occurrence && occurrence.run.person_id === world.snapshot.me.id && planOf(world.snapshot, occurrence);
  return plan ? { plan, draft: {}, start: { run_id: wanted, started_at: occurrence.run.started_at } } : null;
}

function lastRunning(world) {
  const starts = world.ops.filter((op) => op.kind === "round.start" && standing(op));
  return starts.map((op) => op.thread_id).reverse().find((id) => !finished(world, id)) ?? "";
}

/** The point the person chose, else the first on the way that was not visited. */
export function hereOf(plan, draft, visits) {
  const chosen = plan.points.find((one) => one.id === draft.current_point);
  return chosen ?? plan.points.find((one) => !visits.has(one.id)) ?? null;
}

export const itemsOf = (point) => [...point.template.items].sort((a, b) => a.position - b.position);

/** What is asked and not answered yet. A challenge may be passed over, but not overlooked. */
export function missingAt(world, run, point) {
  const { answers = {}, challenge = null } = world.drafts.get(pointKey(run, point.id)) ?? {};
  const asked = challenge ? [itemOf(challenge), ...itemsOf(point)] : itemsOf(point);
  return asked.filter((item) => problemOf(item, answers[item.id] ?? {}));
}

function stop(point, visit, here) {
  const { name, name_en } = point.checkpoint;
  return { id: point.id, position: point.position, name, name_en, state: here ? "here" : visitState(point, visit) };
}

function visitState(point, visit) {
  if (!visit) return "next";
  return faultsAt(null, point, visit).length > 0 || visit.state === "attention" ? "fault" : "done";
}

const lines = (plan, way, visits) =>
  way.map((line, i) => ({ ...line, state: visitState(plan.points[i], visits.get(line.id)) }));

function pointView(world, start, point) {
  const draft = world.drafts.get(pointKey(start.run_id, point.id));
  const { name, name_en, hint = "", hint_en = "", place_kind = "" } = point.checkpoint;
  const answers = draft?.answers ?? {};
  return {
    id: point.id, name, name_en, hint, hint_en, place_kind, position: point.position,
    arrived_at: draft?.arrived_at ?? "", method: draft?.method ?? "", coded: coded(point.checkpoint), wait_until: waitUntil(world, start, point),
    rows: rows(world, itemsOf(point), answers, Boolean(draft?.tried)),
    challenge: draft?.challenge ? rows(world, [itemOf(draft.challenge)], answers, Boolean(draft.tried))[0] : ROW,
    can_pass_all: point.template.items.some((item) => item.kind === "pass_fail" && !answers[item.id]?.verdict),
  };
}

function waitUntil(world, start, point) {
  const time = Date.parse(start.started_at) + (point.not_before ?? 0) * 60_000;
  return time > world.now ? new Date(time).toISOString() : "";
}
