// A server that keeps to docs/protocol.md: what the phones meet before the real one is asked.
import { createHash } from "node:crypto";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const error = (status, code, extra = {}) => ({ status, json: { error: { code, message: code, facts: {} }, ...extra } });

export const PERSON = "person-li";

export function makeServer(clock, { chunk }) {
  const server = {
    state: { epoch: "epoch-1", ops: new Map(), numbers: new Map(), threads: new Map(), photos: new Map(), order: [] },
    signedIn: true, person: PERSON, conflicts: [], poison: new Set(), refusedPhotos: new Set(), backup: null, epochs: 1,
    handle: (request) => handle(server, clock, chunk, request),
    /** Keep a copy now; `restore` goes back to it, as an operator would after a disaster. */
    keepBackup: () => (server.backup = structuredClone(server.state)),
    restore: () => {
      if (!server.backup) return;
      // An answer that is under way was true when it was given.
      server.before = server.state;
      server.state = { ...structuredClone(server.backup), epoch: `epoch-${++server.epochs}` };
    },
  };
  return server;
}

function handle(server, clock, chunk, request) {
  if (!server.signedIn) return error(401, "sign_in_needed");
  if ((request.headers?.["X-Propapp-Person"] ?? server.person) !== server.person) return error(403, "wrong_person");
  const { path, json } = request;
  if (path === "hello") return hello(server, clock, chunk, json);
  if (path === "operations") return operations(server, clock, json);
  if (path === "photos/have") return have(server, json);
  if (path.startsWith("photos/")) return put(server, chunk, request);
  return error(404, "not_found");
}

const said = (content) => ({ status: 200, json: { server: "propapp", ...content } });

function hello({ state, person }, clock, chunk, { device_id }) {
  const seqs = [...state.numbers.keys()].filter((key) => key.startsWith(`${device_id}/`)).map((key) => Number(key.split("/")[1]));
  return said({
    epoch: state.epoch, server_time: new Date(clock.now()).toISOString(), last_seq: Math.max(0, ...seqs), person_id: person,
    limits: { operations: 50, bytes: 256 * 1024, chunk },
  });
}

function operations(server, clock, { device_id, operations: list }) {
  if (list.length > 50) return error(413, "request_too_large");
  if (list.some((op) => server.poison.has(op.id))) return error(422, "invalid_input");
  const results = list.map((op) => ({ id: op.id, body_sha256: op.body_sha256, photos_missing: [], ...apply(server, device_id, op) }));
  return said({ server_time: new Date(clock.now()).toISOString(), results });
}

function apply(server, device, op) {
  const { state } = server;
  if (hash(op.body) !== op.body_sha256) return { status: "retry", code: "damaged" };
  const stored = state.ops.get(op.id);
  if (stored) return stored.body === op.body ? { status: "duplicate", outcome: stored.outcome } : conflict(server, op, "operation_conflict");
  if (state.numbers.has(`${device}/${op.seq}`)) return conflict(server, op, "sequence_reused");
  const thread = `${device}/${op.thread_id}`;
  const before = state.threads.get(thread) ?? 0;
  if (op.n > before + 1) return { status: "retry", code: "gap", facts: { expected: String(before + 1) } };
  if (op.n <= before) return conflict(server, op, "sequence_reused");
  return store(server, device, thread, op);
}

function store({ state, person }, device, thread, op) {
  const outcome = JSON.parse(op.body).refuse ? "rejected" : "applied";
  state.ops.set(op.id, { ...op, outcome, person });
  state.numbers.set(`${device}/${op.seq}`, op.id);
  state.threads.set(thread, op.n);
  state.order.push(op.id);
  return outcome === "applied" ? { status: outcome, photos_missing: JSON.parse(op.body).photos } : { status: outcome, code: "wrong_step", message: "no" };
}

function conflict(server, op, code) {
  server.conflicts.push({ id: op.id, code });
  return { status: "conflict", code };
}

function have({ state, refusedPhotos }, { photos }) {
  if (photos.length > 100) return error(422, "invalid_input");
  return said({ photos: photos.map(({ sha256 }) => standing(state.photos.get(sha256), sha256, refusedPhotos)) });
}

function standing(photo, sha256, refused) {
  if (refused.has(sha256) && photo?.refused) return { sha256, status: "refused", offset: 0, code: "photo_unreadable", message: "no picture" };
  if (!photo || photo.bytes.length === 0) return { sha256, status: "missing", offset: 0 };
  return photo.complete ? { sha256, status: "have", offset: photo.bytes.length } : { sha256, status: "partial", offset: photo.bytes.length };
}

function put(server, limit, { path, headers, bytes }) {
  const sha256 = path.split("/")[1];
  const data = Buffer.from(bytes);
  const [offset, length] = [Number(headers["Upload-Offset"]), Number(headers["Upload-Length"])];
  if (data.length > limit) return error(413, "request_too_large");
  if (hash(data) !== headers["Repr-Digest"]) return error(422, "photo_digest");
  const photo = server.state.photos.get(sha256) ?? { bytes: Buffer.alloc(0), complete: false, refused: false };
  if (photo.complete) return { status: 201, json: { offset: length, complete: true } };
  if (offset !== photo.bytes.length) return error(409, "wrong_offset", { offset: photo.bytes.length });
  photo.bytes = Buffer.concat([photo.bytes, data]);
  server.state.photos.set(sha256, photo);
  return photo.bytes.length < length ? { status: 200, json: { offset: photo.bytes.length } } : close(server, sha256, photo);
}

function close(server, sha256, photo) {
  if (hash(photo.bytes) !== sha256) {
    photo.bytes = Buffer.alloc(0);
    return error(422, "photo_digest", { offset: 0 });
  }
  if (server.refusedPhotos.has(sha256)) {
    photo.bytes = Buffer.alloc(0);
    photo.refused = true;
    return error(422, "photo_unreadable");
  }
  photo.complete = true;
  return { status: 201, json: { offset: photo.bytes.length, complete: true } };
}
