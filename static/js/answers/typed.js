/** What was typed, without the characters that no database keeps: NUL and halves of a pair. */
export function typed(text) {
  const kept = (each) => each !== "\0" && !(each.length === 1 && each >= "\ud800" && each <= "\udfff");
  return Array.from(text).filter(kept).join("");
}
