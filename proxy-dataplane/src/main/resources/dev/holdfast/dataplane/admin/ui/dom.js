// What the page is to look like, as plain objects, and what makes it look so. Data becomes text
// nodes and attributes, never markup. What is there already stays there, so that an update takes
// nobody's focus, scroll position or open <details> away.

const KEPT = { DETAILS: ["open"] };

/**
 * An element. An attribute that is true is there without a value; one that is false, null or
 * undefined is not there. `key` tells an element from its siblings when they come and go.
 */
export function h(tag, attributes, ...children) {
  return {
    tag,
    attributes: attributes ?? {},
    children: children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  };
}

/** Makes the element's children what is wanted. */
export function patch(parent, wanted) {
  const keys = new Set(wanted.map(keyOf));
  const keyed = new Map();
  for (const child of [...parent.children]) {
    const key = child.dataset.key;
    if (key !== undefined && keys.has(key)) {
      keyed.set(key, child);
    } else if (key !== undefined) {
      child.remove();
    }
  }
  let next = parent.firstChild;
  for (const item of wanted) {
    const node = reusable(item, next, keyed) ?? create(item);
    if (node === next) {
      next = next.nextSibling;
    } else {
      parent.insertBefore(node, next);
    }
    fill(node, item);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function keyOf(item) {
  return item.attributes?.key;
}

function reusable(item, next, keyed) {
  if (item.tag === undefined) {
    return next?.nodeType === Node.TEXT_NODE ? next : null;
  }
  const key = keyOf(item);
  const found = key === undefined ? next : keyed.get(key);
  const same = found?.nodeType === Node.ELEMENT_NODE && found.localName === item.tag && found.dataset.key === key;
  return same ? found : null;
}

function create(item) {
  return item.tag === undefined ? document.createTextNode("") : document.createElement(item.tag);
}

function fill(node, item) {
  if (item.tag === undefined) {
    const text = String(item);
    if (node.data !== text) {
      node.data = text;
    }
    return;
  }
  attributes(node, item.attributes);
  patch(node, item.children);
}

function attributes(node, wanted) {
  const values = new Map();
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== false && value !== null && value !== undefined) {
      values.set(name === "key" ? "data-key" : name, value === true ? "" : String(value));
    }
  }
  for (const { name } of [...node.attributes]) {
    if (!values.has(name) && !KEPT[node.tagName]?.includes(name)) {
      node.removeAttribute(name);
    }
  }
  for (const [name, value] of values) {
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
}
