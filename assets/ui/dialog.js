/** Native dialogs: they hold the focus, close with Escape and Android's back, and keep the page still. */
import { useEffect, useSyncExternalStore } from "react";

/** Keep the dialog open while it is wanted; whoever closes it by key is told. */
export function useDialog(id, wanted, close) {
  useEffect(() => {
    const dialog = document.getElementById(id);
    if (wanted && dialog && !dialog.open) {
      dialog.showModal();
      // Its title is read first, and no field brings up the keys before it was tapped.
      dialog.querySelector("h2")?.focus();
    }
    if (!wanted && dialog?.open) dialog.close();
  });
  useEffect(() => {
    const dialog = document.getElementById(id);
    const refuse = (event) => {
      // Its content goes when the store says so, not before.
      event.preventDefault();
      close();
    };
    dialog?.addEventListener("cancel", refuse);
    return () => dialog?.removeEventListener("cancel", refuse);
  }, [id, close]);
  return wanted ? "open" : "closed";
}

/** Write these words into a field as if they were typed, so that whoever listens hears of them. */
export function typeInto(id, words) {
  const field = document.getElementById(id);
  const whole = field.value && !field.value.includes(words) ? `${field.value} ${words}` : words;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, whole);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const VIEWER = "photo-viewer";
const NOTHING = { url: "", taken_at: "" };
const listeners = new Set();
let shown = NOTHING;

function show(photo) {
  shown = photo;
  listeners.forEach((listener) => listener());
}

/** Show one photo large. */
export function openPhoto(url, takenAt) {
  show({ url, taken_at: takenAt });
  document.getElementById(VIEWER).showModal();
}

export const closePhoto = () => document.getElementById(VIEWER).close();

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The photo that is shown large. */
export const useShownPhoto = () =>
  useSyncExternalStore(subscribe, () => shown, () => NOTHING);
