// The shapes of all views before anything is known; the same as propapp/offline/views.py, field by field.

export const ME = {
  ready: false, id: "", name: "", name_en: "", site: "", site_en: "", roles: [], tabs: [], permissions: [],
  unread: 0, home: "",
};
export const SYNC = { word: "none", sign: "none", count: 0, unsent: 0, online: true, other_people: 0, unkept: false };
export const TODAY = {
  ready: false, stale: false, fetched_at: "", name: "", name_en: "", rounds: [], current: [], later: [], past: [],
  next_round: "", all_done: false,
};
export const WEEK = { ready: false, days: [] };
export const ROW = {
  id: "", kind: "", label: "", label_en: "", required: false, verdict: "", unit: "", low: "", high: "", number: "",
  text: "", note: "", choices: [], needs_note: false, needs_photo: false, photos: [], problem: "",
};
export const POINT = {
  id: "", name: "", name_en: "", hint: "", hint_en: "", place_kind: "", position: 0, arrived_at: "", method: "",
  coded: true, wait_until: "", rows: [], challenge: ROW, can_pass_all: false,
};
export const SCANNER = { state: "closed", torch: false, can_torch: false };
export const RUN = {
  stage: "loading", run_id: "", route: "", route_en: "", position: 0, total: 0, done: 0, stops: [], point: POINT,
  ready_to_complete: false, missing_count: 0, faults: [], visits: [], count_pass: 0, count_fail: 0, count_na: 0,
  count_photos: 0, minutes: 0, unvisited: 0, note: "", problem: "", scanner: SCANNER, hand_open: false,
  hand_reason: "", send_state: "none",
};
export const CARD = {
  id: "", number: "", title: "", title_en: "", category: "", priority: "", status: "", source: "", place: "",
  place_en: "", reported_at: "", due_at: "", overdue: false, assignee: "", assignee_en: "", mine: false, asked: "",
  photo_url: "", photo_count: 0, stars: 0, send_state: "none", problem: "", problem_text: "",
};
export const ORDERS = {
  ready: false, stale: false, fetched_at: "", filter: "open", shown: [], mine_count: 0, open_count: 0, done_count: 0,
  may_report: false,
};
export const ORDER_DRAFT = { verb: "", text: "", person_id: "", stars: 0, photos: [], problem: "" };
export const ORDER = {
  stage: "loading", card: CARD, description: "", reporter: "", reporter_en: "", respond_by: "", completed_at: "",
  hold_reason: "", result_note: "", before: [], after: [], timeline: [], verbs: [], primary: "", others: [],
  draft: ORDER_DRAFT, staff: [],
};
export const MY = {
  ready: false, stale: false, name: "", name_en: "", home_name: "", home_name_en: "", open: [], closed: [],
};
export const REPORT = {
  ready: false, stage: "writing", own: false, units: [], places: [], category: "", place_id: "", text: "", photos: [],
  problem: "", order_id: "", number: "", respond_by: "", due_at: "", send_state: "none",
};
export const OUTBOX = {
  ready: false, waiting: [], recent: [], done: 0, total: 0, busy: false, last_contact: "", persisted: false,
  used_mb: 0, free_mb: 0, other_people: 0, cleared: false, cleared_unsent: 0, cleared_told: false, sure: false,
};
export const MESSAGES = { ready: false, lines: [], unread: 0 };
export const DOOR = {
  demo: false, password: "", accounts: [], error: "", next: "", online: true, last_person: "", leaving: false,
  first: false, shown: false, saved: "",
};
export const APP = { update_ready: false, can_install: false, ios: false, installed: false };
