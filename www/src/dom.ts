// Elements, made from text that nobody vouches for: every string lands in a text node or an attribute.

type Child = Node | string | undefined | false;

export interface ElementParts {
  class?: string;
  text?: string;
  /** Set as attributes; undefined and false leave one out, true is the empty one. */
  [attribute: string]: string | number | boolean | undefined;
}

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { text, ...attributes }: ElementParts = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  if (text !== undefined) element.textContent = text;
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element as T;
}

export function find<T extends HTMLElement>(selector: string, within: ParentNode = document): T {
  const element = within.querySelector<T>(selector);
  if (!element) throw new Error(`index.html has no ${selector}`);
  return element;
}

/** Somebody's words: kept from turning the text around them. */
export function words(tag: "span" | "strong" | "bdi", text: string, className: string): HTMLElement {
  return el(tag, { class: className, dir: "auto", text });
}
