// The list of what has changed while somebody watched.

import { h, patch } from "./dom.js";

const MOST = 50;

const list = document.querySelector("#history ol");
const items = [];
let number = 0;

/** The newest is first. A screen reader says each once. */
export function record({ namespace, name }, sentences) {
  for (const text of sentences) {
    items.unshift({ number: number++, at: new Date(), text: `${namespace}/${name}: ${text}` });
  }
  items.length = Math.min(items.length, MOST);
  patch(list, items.map((item) => h("li", { key: String(item.number) },
    h("time", { datetime: item.at.toISOString() }, item.at.toLocaleTimeString("en-GB")), ` ${item.text}`)));
}
