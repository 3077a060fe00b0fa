/** A question of a practice run: its answer goes with the form, in the form that the server would give it. */
import * as answers from "./answers/index.js";

const form = document.querySelector("[data-practice]");
answers.begin(form, () => {});
form.addEventListener("submit", () => {
  form.elements.payload.value = JSON.stringify(answers.read(form));
});
