// Bugs that other systems have had, put into a copy of the client core: each must be caught.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const operations = (from, to) => ({ file: "send_operations.js", from, to });
const photos = (from, to) => ({ file: "send_photos.js", from, to });
const log = (from, to) => ({ file: "log.js", from, to });
const loop = (from, to) => ({ file: "loop.js", from, to });
const wire = (from, to) => ({ file: "wire.js", from, to });
const flight = (from, to) => ({ file: "flight.js", from, to });

/** @type {Record<string, {file: string, from: string, to: string}>} */
export const PLANTS = {
  "the entry goes before the answer came": operations("    mark(flight, batch);",
    '    mark(flight, batch);\n    await flight.port.store.write([], async (tx) => { for (const op of batch) await tx.remove("ops", op.no); });'),
  "any answer counts as done": operations("if (!result || result.body_sha256 !== op.body_sha256) return null;",
    'if (!result) return { state: "sent", code: "", message: "" };'),
  "a 4xx drops the entry": operations('await tx.put("ops", { ...now, ...outcome });\n  });\n  flight.done++;',
    'await tx.remove("ops", now.no);\n  });\n  flight.done++;'),
  "a 4xx condemns the whole batch": operations("if (batch.length > 1) {", "if (batch.length > 1 && answer.status !== 413) {\n"
    + '    await flight.port.store.write([], async (tx) => { for (const op of batch) await tx.put("ops", { ...op, state: "attention", refused: true }); });\n'
    + "    return;\n  }\n  if (batch.length > 1) {"),
  "one bad item stops everything": operations("  const code = codeOf(answer) ||", '  throw new Error("a bug");\n  const code = codeOf(answer) ||'),
  "not now is taken for never": operations('!["rejected", "quarantined", "conflict"]', '!["rejected", "quarantined", "conflict", "retry"]'),
  "the newest goes first": operations("sort((a, b) => a.no - b.no);\n  const together", "sort((a, b) => b.no - a.no);\n  const together"),
  "an unreadable photo is left out": photos('if (!bytes) return setAside(flight, photo, "photo_lost", "");', "if (!bytes) return done(flight, photo);"),
  "any answer to the last piece counts": photos("answer.status === 201 && answer.json?.complete === true && end", "answer.status < 300 && end"),
  "a part counts as the whole": photos('place?.status === "have" ||', 'place?.status === "have" || (place?.status === "partial" && (place.status = "have")) ||'),
  "a refused photo is forgotten": photos('await tx.put("photos", { ...now, ...outcome, kept_by: "" });',
    'await (outcome.state === "sent" ? tx.put("photos", { ...now, ...outcome, kept_by: "" }) : tx.remove("photos", now.sha256));'),
  "a damaged piece condemns the photo": photos(' || code === "photo_digest") return askAgain', ") return askAgain"),
  "another offset condemns the photo": photos("answer.status === 409 || ", ""),
  "numbers begin again after a reload": log('seq: await next(tx, "seq"),', "seq: (seqs[op.boot_id] = (seqs[op.boot_id] ?? 0) + 1),"),
  "the number is taken before the transaction": log('  await tools.store.write(["ops", "photos", "drafts", "meta"], (tx) => keep(tx, op, request, tools), STRICT);',
    '  const taken = await tools.store.read([], (tx) => tx.get("meta", "seq"));\n'
    + '  await tools.store.write([], async (tx) => { await keep(tx, op, request, tools); op.seq = (taken?.value ?? 0) + 1; await tx.put("ops", op); await tx.put("meta", { key: "seq", value: op.seq }); }, STRICT);'),
  "saved is said before the disk has it": log("const STRICT = { strict: true };", "const STRICT = { strict: false };"),
  "saved is said without waiting": log("  await tools.store.write([\"ops\", \"photos\", \"drafts\", \"meta\"], (tx) => keep(tx, op, request, tools), STRICT);",
    "  tools.store.write([], (tx) => keep(tx, op, request, tools), STRICT).catch(() => {});"),
  "the photo is bound in a second step": log("  for (const sha256 of op.photos) await bind(tx, sha256, op.no);",
    "  void (async () => { for (const sha256 of op.photos) await tools.store.write([], (later) => bind(later, sha256, op.no)); })().catch(() => {});"),
  "a photo is not read back": log("if (tools.readBack() && ", "if (false && "),
  "a session that ended is never asked for again": loop("  loop.failures++;", '  loop.failures++;\n  if (result.word === "sign_in") return void (loop.stopped = true);'),
  "only the next deed tries again": loop("  plan(port, loop, Math.max(result.wait, pause));", ""),
  "a flight that never comes back is waited for": loop("  watch(port, loop, flight);\n", ""),
  "a stranger's 4xx is believed": wire("if (answer.status >= 400 && answer.status !== 413 && !codeOf(answer)) throw", "if (false) throw"),
  "whose things they are is not said": flight('"X-Propapp-Person": person', '"X-Nobody": person'),
  "a restored server is not noticed": flight("    if (known) await sendAllAgain(tx);\n", ""),
  "used numbers are given up": operations(' || result.code === "sequence_reused") return null;', ") return null;"),
  "a gap is never closed": operations('for (const op of said("gap"))', "for (const op of [])"),
  "a restored server gets operations but no photos": flight('for (const store of ["ops", "photos"])', 'for (const store of ["ops"])'),
};

/** A folder with the core and this bug in it, for as long as the work with it lasts. */
export async function withPlanted(name, core, work) {
  const folder = await mkdtemp(join(tmpdir(), "planted-"));
  try {
    await cp(fileURLToPath(core), folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
    await plant(name, folder);
    return await work(pathToFileURL(`${folder}/`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function plant(name, folder) {
  const { file, from, to } = PLANTS[name];
  const source = await readFile(join(folder, file), "utf8");
  if (!source.includes(from)) throw new Error(`The place for "${name}" is gone from ${file}.`);
  const help = file === "log.js" ? "const seqs = {};\n" : "";
  await writeFile(join(folder, file), help + source.replace(from, () => to));
}
