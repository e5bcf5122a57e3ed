// What a person does with a work order, and how one is reported.
import * as bodies from "./core/bodies.js";
import * as drafts from "./core/drafts.js";
import { uuid7 } from "./core/ids.js";
import { capture, NotSaved } from "./core/log.js";
import { orderById } from "./core/views/cards.js";
import { allSettled, takePhoto } from "./photo_drafts.js";
import { action, captured, changeDraft, changed, engine, holdDraft, once, page, parameter, random, saveDraft, typed, world } from "./context.js";

/** The order that is spoken of: the one named at the tap, else the page's own, else the one opened. */
export const orderAsked = (id) => (typeof id === "string" && id) || parameter("order") || page.order;

const draftOf = (id) => world().drafts.get(drafts.orderKey(id)) ?? drafts.newOrderDraft(id);

// The order is that of the tap, whatever is opened while something waits.
const askedDraft = (id = orderAsked()) => () => draftOf(id);

export const openVerb = action((verb, orderId) => {
  page.order = orderAsked(orderId);
  lookedAfter(page.order);
  return changeDraft(askedDraft(page.order), (draft) => ({ ...draft, verb, problem: "" }));
});

// A refusal was seen when its order is taken up again.
function lookedAfter(order) {
  for (const op of world().ops) if (op.thread_id === order && op.state === "attention") page.seen.add(op.id);
  page.problem = "";
}

export const closeVerb = action(() => changeDraft(askedDraft(), (draft) => ({ ...draft, verb: "", problem: "" })));

/** Do the opened step with what the draft holds; what is missing is said there and nothing is done. */
export const submitVerb = once(async () => {
  const find = askedDraft();
  await allSettled(find);
  const draft = find();
  if (draft.verb) return doStep(draft.verb, draft);
});

/** A step that asks for nothing more. */
export const quickVerb = once((verb, orderId) => {
  const id = orderAsked(orderId);
  lookedAfter(id);
  return doStep(verb, draftOf(id));
});

async function doStep(verb, draft) {
  const order = orderById(world(), draft.order_id);
  if (!order) throw new NotSaved("not_found");
  const problem = bodies.problemOf(verb, draft);
  if (problem) return saveDraft({ ...draft, problem });
  const step = { ...bodies.orderStep(verb, order, draft), forget: [draft.key] };
  await holdDraft(draft.key, () => capture(engine.tools(), step));
  captured();
}

const put = (change) => action((value) =>
  changeDraft(askedDraft(), (draft) => ({ ...draft, ...change(value, draft), problem: "" })));

export const setDraftText = put((value, { texts, verb }) => ({ texts: { ...texts, [verb]: typed(value) } }));
export const setDraftPerson = put((person_id) => ({ person_id }));
export const setDraftStars = put((stars) => ({ stars: Number(stars) }));
export const removeDraftPhoto = put((sha256, draft) => ({ photos: drafts.withoutPhoto(draft.photos, sha256) }));

const withPhoto = (draft, shot) => ({ ...draft, photos: drafts.withPhoto(draft.photos, shot), problem: "" });

export const addDraftPhoto = action((...event) => takePhoto(askedDraft(), withPhoto, event));

const reportDraft = () => world().drafts.get(drafts.REPORT) ?? drafts.newReport(uuid7(Date.now(), random));

const FIELDS = ["category", "place_id", "text"];

export const setReport = action((field, value) => {
  if (FIELDS.includes(field)) return changeDraft(reportDraft, (draft) => ({ ...draft, [field]: typed(value), problem: "" }));
});

export const addReportPhoto = action((...event) => takePhoto(reportDraft, withPhoto, event));

export const removeReportPhoto = action((sha256) =>
  changeDraft(reportDraft, (draft) => ({ ...draft, photos: drafts.withoutPhoto(draft.photos, sha256) })));

/** Hand in the report; the page then shows what became of it. */
export const submitReport = once(async () => {
  await allSettled(reportDraft);
  const draft = reportDraft();
  const problem = bodies.reportProblem(draft);
  if (problem) return saveDraft({ ...draft, problem });
  const report = { ...bodies.report(draft, placeOf(draft)), forget: [draft.key] };
  await holdDraft(draft.key, () => capture(engine.tools(), report));
  page.reported = draft.order_id;
  captured();
});

function placeOf({ place_id }) {
  const { units, places, sites } = world().snapshot;
  const unit = units.find((one) => one.id === place_id);
  const place = places.find((one) => one.id === place_id);
  return { unit: unit?.id, place: place?.id, site: (unit ?? place)?.site_id ?? sites[0].id };
}

export const newReport = action(() => {
  page.reported = "";
  changed();
});

export const showOrders = action((filter) => {
  page.filter = filter;
  changed();
});
