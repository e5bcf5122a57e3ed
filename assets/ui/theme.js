/** Light, dark or as the system has it; set before the first paint by the script in the head. */
import { useSyncExternalStore } from "react";

const inBrowser = typeof window !== "undefined";
const listeners = new Set();

export function setTheme(choice) {
  localStorage.setItem("theme", choice);
  const dark = choice === "dark" || (choice === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  listeners.forEach((listener) => listener());
}

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const read = () => (inBrowser && localStorage.getItem("theme")) || "auto";

export const useTheme = () => useSyncExternalStore(subscribe, read, () => "auto");

if (inBrowser) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(read()));
}
