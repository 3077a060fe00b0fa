/** What both kinds have in common: how far the server says it was seen (`confirmed`), how far it was here (`reached`). */
export class Medium {
  constructor(figure, { url, controls, soon }) {
    Object.assign(this, { figure, url, controls, soon, confirmed: 0, reached: 0, at: 0, done: false, opened: false });
    this.file = figure.dataset.media;
    this.length = Number(figure.dataset.length);
    this.screen = figure.querySelector("[data-media-screen]");
    this.opener = figure.querySelector("[data-media-open]");
    this.opener.addEventListener("click", () => this.open());
  }

  get address() { return `${this.url}${this.file}/`; }

  part(name) { return this.figure.querySelector(`[data-media-${name}]`); }

  addControls(name) {
    this.figure.append(this.controls.content.querySelector(`[data-media-${name}]`).cloneNode(true));
  }

  stands({ reached, at, done }) {
    this.confirmed = reached;
    this.done = done;
    this.reached = Math.max(this.reached, reached);
    if (!this.opened) this.at = at;
  }

  report() {
    if (!this.opened) return null;
    return { spans: this.reached > this.confirmed ? [[this.confirmed, this.reached]] : [], at: this.at };
  }
}
