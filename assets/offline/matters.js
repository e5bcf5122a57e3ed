// What a person does with a work order, and how one is reported.
import * as bodies from "./core/bodies.js";
import * as drafts from "./core/drafts.js";
import { uuid7 } from "./core/ids.js";
import { capture, keepPhoto, NotSaved } from "./core/log.js";
import { orderById } from "./core/views/cards.js";
import { fileOf, picture } from "./camera.js";
import { roomForPhoto } from "./upkeep.js";
import { action, captured, changed, engine, once, page, parameter, random, saveDraft, settled, typed, world } from "./context.js";

/** The order that is spoken of: the one named at the tap, else the page's own, else the one opened. */
export const orderAsked = (id) => (typeof id === "string" && id) || parameter("order") || page.order;

const draftOf = (id) => world().drafts.get(drafts.orderKey(id)) ?? drafts.newOrderDraft(id);

export const openVerb = action((verb, orderId) => {
  page.order = orderAsked(orderId);
  lookedAfter(page.order);
  return saveDraft({ ...draftOf(page.order), verb, problem: "" });
});

// A refusal was seen when its order is taken up again.
function lookedAfter(order) {
  for (const op of world().ops) if (op.thread_id === order && op.state === "attention") page.seen.add(op.id);
  page.problem = "";
}

export const closeVerb = action(() => saveDraft({ ...draftOf(orderAsked()), verb: "", problem: "" }));

/** Do the opened step with what the draft holds; what is missing is said there and nothing is done. */
export const submitVerb = once(async () => {
  await taking;
  const draft = draftOf(orderAsked());
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
  await settled(draft.key);
  await capture(engine.tools(), { ...bodies.orderStep(verb, order, draft), forget: [draft.key] });
  captured();
}

const put = (change) => action((value) => {
  const draft = draftOf(orderAsked());
  return saveDraft({ ...draft, ...change(value, draft), problem: "" });
});

export const setDraftText = put((value, { texts, verb }) => ({ texts: { ...texts, [verb]: typed(value) } }));
export const setDraftPerson = put((person_id) => ({ person_id }));
export const setDraftStars = put((stars) => ({ stars: Number(stars) }));
export const removeDraftPhoto = put((sha256, draft) => ({ photos: drafts.withoutPhoto(draft.photos, sha256) }));

export const addDraftPhoto = action((...event) => photoInto(() => draftOf(orderAsked()), event));

// Shrinking takes a moment; who hands in meanwhile hands in with the photo.
let taking = Promise.resolve();

function photoInto(find, event) {
  const file = fileOf(...event);
  if (!file) return;
  const kept = keep(find, file);
  taking = Promise.allSettled([taking, kept]);
  return kept;
}

async function keep(find, file) {
  if (!(await roomForPhoto(engine))) throw new NotSaved("no_space");
  const { shot, bytes } = await picture(file, new Date().toISOString());
  await settled(find().key);
  const draft = find();
  const photos = drafts.withPhoto(draft.photos, shot);
  await keepPhoto(engine.tools(), shot, bytes, { ...draft, photos, problem: "" });
}

const reportDraft = () => world().drafts.get(drafts.REPORT) ?? drafts.newReport(uuid7(Date.now(), random));

const FIELDS = ["category", "place_id", "text"];

export const setReport = action((field, value) => {
  if (FIELDS.includes(field)) return saveDraft({ ...reportDraft(), [field]: typed(value), problem: "" });
});

export const addReportPhoto = action((...event) => photoInto(reportDraft, event));

export const removeReportPhoto = action((sha256) => {
  const draft = reportDraft();
  return saveDraft({ ...draft, photos: drafts.withoutPhoto(draft.photos, sha256) });
});

/** Hand in the report; the page then shows what became of it. */
export const submitReport = once(async () => {
  await taking;
  const draft = reportDraft();
  const problem = bodies.reportProblem(draft);
  if (problem) return saveDraft({ ...draft, problem });
  await settled(draft.key);
  await capture(engine.tools(), { ...bodies.report(draft, placeOf(draft)), forget: [draft.key] });
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
