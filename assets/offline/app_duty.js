// What the page of shifts, leave and swaps imports, beside app.js: other pages need not load it.
import { uuid7 } from "./core/ids.js";
import { capture } from "./core/log.js";
import { ASK, DUTY, duty } from "./core/views/duty.js";
import { action, captured, engine, go, once, parameter, random, saveDraft, settled, typed, world } from "./context.js";
import { viewOf } from "./hook.js";

const NAMES = ["ask", "first", "last", "turn", "who", "give"];
const asked = () => Object.fromEntries(NAMES.map((name) => [name, parameter(name)]));

export const useDuty = viewOf((now) => duty(now, asked()), DUTY);

/** A day beyond those that are offered, from the phone's own calendar. */
export const goToDay = action((name, value) => {
  const day = typed(value);
  const { first } = asked();
  if (/^\d{4}-\d\d-\d\d$/.test(day)) go(name === "first" ? `/duty?ask=leave&first=${day}` : `/duty?ask=leave&first=${first}&last=${day}`);
});

export const setAskReason = action((value) => saveDraft({ key: ASK, text: typed(value).slice(0, 200) }));

export const sendAsk = once(async () => {
  const { ask, ...values } = asked();
  const id = uuid7(Date.now(), random);
  const reason = (world().drafts.get(ASK)?.text ?? "").trim();
  const request = ask === "leave" ? leave(id, values) : swap(id, values);
  await settled(ASK);
  await capture(engine.tools(), { ...request, thread: id, body: { ...request.body, reason }, forget: [ASK] });
  captured();
  go("/duty");
});

function leave(leave_id, { first, last }) {
  const [site] = world().snapshot.sites;
  return { kind: "leave.ask", body: { leave_id, site_id: site.id, first, last }, title: `${first} – ${last}`, title_en: `${first} – ${last}` };
}

function swap(swap_id, { turn, who, give }) {
  const [shift_id, day] = turn.split("~");
  const [other_shift_id, other_day] = give === "none" ? [] : give.split("~");
  const body = { swap_id, shift_id, day, other_id: who, ...(other_day ? { other_shift_id, other_day } : {}) };
  return { kind: "swap.ask", body, title: day, title_en: day };
}

/** One's own word on what stands there: accept, decline, withdraw. */
export const answerAsk = once(async (kind, id, verb) => {
  const { given, first } = [...asks()].find((one) => one.id === id) ?? {};
  const title = (given?.at || first || "").slice(0, 10);
  await capture(engine.tools(), { kind: `${kind}.${verb}`, thread: id, body: { [`${kind}_id`]: id }, title, title_en: title });
  captured();
});

function asks() {
  const { of_me, mine } = duty(world(), { ask: "" });
  return [...of_me, ...mine];
}
