/** An element with attributes and children; text stays text. */
export function makeElement<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const key in attributes) element.setAttribute(key, attributes[key] as string)
  element.append(...children)
  return element
}
