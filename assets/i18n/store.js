/**
 * Words, dates and numbers in the person's language, without a server.
 *
 * The Chinese catalogue ships with the page, English comes when it is asked for and is kept by the
 * service worker. Sentences fill {name} from facts; {count|one|many} picks a plural.
 */
import { useSyncExternalStore } from "react";
import zh from "./phone.zh-CN.json";
import { clock, date, dateTime, day, slot, ago, until, duration, number } from "./format.js";

const inBrowser = typeof window !== "undefined";
const LOADERS = { en: [() => import("./phone.en.json")] };
const catalogues = { "zh-CN": zh };
const listeners = new Set();
let current = makeText("zh-CN");
let wanted = current.locale;

/** Office pages bring their own catalogue; it follows every switch of language. */
export function addCatalogue(zhWords, loadEnglish) {
  Object.assign(zh, zhWords);
  LOADERS.en.push(loadEnglish);
  // English may be wanted already, and even be on its way without these words.
  if (inBrowser && wanted !== "zh-CN") setLocale(wanted).catch(() => {});
}

function makeText(locale) {
  const words = catalogues[locale] ?? zh;
  const t = (key, facts) => fill(words[key] ?? zh[key] ?? key, facts, locale);
  return {
    locale,
    t,
    pick: (chinese, english) => (locale === "en" && english ? english : chinese),
    clock: (at) => clock(at, locale),
    date: (at) => date(at, locale),
    day: (at) => day(at, locale, t),
    slot: (from, to) => slot(from, to, locale, t),
    dateTime: (at) => dateTime(at, locale, t),
    ago: (at, now) => ago(at, now, locale, t),
    until: (at, now) => until(at, now, t),
    duration: (minutes) => duration(minutes, t),
    number: (value) => number(value, locale),
  };
}

function fill(sentence, facts, locale) {
  if (!facts) return sentence;
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
    // Data that has a name in English too brings it beside the other: {title} is facts.title_en there.
    const value = (locale === "en" && facts[`${name}_en`]) || facts[name];
    if (value === undefined || value === null) return whole;
    if (one === undefined) return typeof value === "number" ? number(value, locale) : String(value);
    return Number(value) === 1 ? one : many;
  });
}

function change(locale) {
  current = makeText(locale);
  if (inBrowser) document.documentElement.lang = locale;
  listeners.forEach((listener) => listener());
}

/** Switch at once, also offline, and remember it here and for the server's own sentences. */
export async function setLocale(locale) {
  wanted = locale;
  if (locale !== "zh-CN") {
    const parts = await Promise.all(LOADERS[locale].map((load) => load()));
    if (wanted !== locale) return;
    // Beside what is there: a call that began before the office's words were known may end after them.
    catalogues[locale] = Object.assign({}, catalogues[locale], ...parts.map((part) => part.default ?? part));
  }
  if (inBrowser) {
    localStorage.setItem("locale", locale);
    document.cookie = `locale=${locale};path=/;max-age=31536000;samesite=lax`;
  }
  change(locale);
}

export const getLocale = () => current.locale;
export const getText = () => current;

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const prerendered = current;

/** The words of the moment; a component that uses them is drawn again on a switch. */
export const useText = () =>
  useSyncExternalStore(subscribe, () => current, () => prerendered);

let now = 0;
const tickers = new Set();
if (inBrowser) {
  now = Date.now();
  setInterval(() => {
    now = Date.now();
    tickers.forEach((listener) => listener());
  }, 15000);
}
const subscribeNow = (listener) => {
  tickers.add(listener);
  return () => tickers.delete(listener);
};

/** The time in steps of 15 s, for "2 minutes ago" that stays true. */
export const useNow = () => useSyncExternalStore(subscribeNow, () => now, () => 0);

if (inBrowser) {
  const kept = localStorage.getItem("locale") ?? "zh-CN";
  if (kept !== "zh-CN") setLocale(kept).catch(() => {});
}
