/**
 * On the page of a result: what a killed tab had not sent is sent now. The server keeps it for the examiner; here it says what became of it.
 * Root: [data-late] with the attempt, where answers go, and a text for each state; nothing is shown where nothing waits.
 */
import { AnswerQueue } from "./exam-queue.js";
import { postJson } from "./http.js";
import { Kept, secretOf } from "./kept.js";
import { filled } from "./text.js";

/** What the sheet kept of its answers on this device; null when it kept none or all of them were confirmed. */
function waiting(storage, key) {
  try {
    const kept = JSON.parse(storage.getItem(key));
    return Object.keys(kept.items).some((item) => kept.items[item].sent) ? kept : null;
  } catch (error) {
    return null;
  }
}

class LateSender {
  constructor(root, storage, key, { holder, items }) {
    Object.assign(this, { root, late: 0 });
    const versions = {};
    Object.keys(items).forEach((item) => { versions[item] = items[item].sent ? items[item].sent.base_version : 0; });
    this.queue = new AnswerQueue({
      key, holder, storage, versions, listener: this, post: (operation) => postJson(root.dataset.answerUrl, operation),
    });
    window.addEventListener("online", () => this.queue.pump());
    this.changed();
    this.queue.pump();
  }

  synced() {}

  stale() {}

  changed() {
    const n = this.queue.unsent().length;
    if (!n) this.done();
    else this.say(this.queue.failures ? "failing" : "sending", n);
  }

  stopped() { this.changed(); }

  done() {
    const late = Object.keys(this.queue.items).filter((item) => this.queue.items[item].late).length;
    this.queue.forget();
    if (late) this.say("sent", late);
    else this.say("known", 0);
  }

  say(state, n) {
    const text = this.root.querySelector("[data-late-text]");
    this.root.hidden = false;
    this.root.dataset.state = state;
    text.textContent = filled({ ...text.dataset }[state], { n });
  }
}

async function begin(root) {
  const { attempt } = root.dataset;
  const storage = await Kept.open(attempt, secretOf(attempt));
  const key = `lidian.exam.${attempt}.answers`;
  const kept = waiting(storage, key);
  if (kept) new LateSender(root, storage, key, kept);
}

const root = document.querySelector("[data-late]");
if (root) begin(root);
