/** The preview of a lesson in the content desk: its media play, and nothing is told to anybody. */
import { Media } from "./media.js";

const root = document.querySelector("[data-media-url]");
const media = new Media(root, () => {});
media.stands([], true);
