/** Texts come from the page, already in the reader's language; scripts only fill in the numbers. */

/** A text with {name} places filled in. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
}
