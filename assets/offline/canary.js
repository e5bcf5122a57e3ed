// A note outside the database: when a browser clears that, the note tells what was in it.
// Loaded late; what it needs of the core is handed in, so that no page has one more file to load for it.
const key = (person) => `propapp-kept-${person}`;

/** Write down under which name this phone counts for its person, how far, and what has not been sent. */
export function noteKept({ person, store }, { keepNote }) {
  const { meta, ops } = store.mirror;
  const device = meta.get("device")?.value;
  if (!device) return;
  const unsent = [...ops.values()].filter((op) => op.state === "saved" || op.refused).length;
  keepNote(key(person), { device, seq: meta.get("seq")?.value ?? 0, unsent });
}

/** Find out whether the database lost what the note speaks of; the server is told at the next contact. */
export async function noticeCleared({ person, store, tools }, { noteLost, renameDevice, readNote }) {
  // Read before the database: another tab may write on, and then the database only knows more.
  const note = whole(readNote(key(person)));
  if (!note) return;
  await store.write(["ops", "meta"], async (tx) => {
    const device = (await tx.get("meta", "device"))?.value;
    const seq = (await tx.get("meta", "seq"))?.value ?? 0;
    if (device === note.device && seq < note.seq) await renameDevice(tx, tools(), note.seq);
    else if (device) return;
    else await noteLost(tx, { device_id: note.device, kind: "cleared", seq: note.seq });
    await tx.put("meta", { key: "cleared", value: { unsent: note.unsent } });
  }, { strict: true });
}

// A browser that keeps no notes is one that cannot be asked; the server may still find out.
function whole(note) {
  const { device, seq, unsent } = note ?? {};
  return typeof device === "string" && Number.isInteger(seq) && seq > 0 ? { device, seq, unsent: Number(unsent) || 0 } : null;
}
