/** Time left by the server's clock. The phone's clock only measures how long ago the server last spoke. */
export class ExamClock {
  constructor({ now, deadline, local = Date.now }) {
    this.local = local;
    this.sync({ now, deadline });
  }

  /** Takes `now` and `deadline` (ISO 8601) from a reply; a missing or broken one changes nothing. */
  sync({ now, deadline }) {
    const server = Date.parse(now);
    const end = Date.parse(deadline);
    if (!Number.isNaN(server)) this.ahead = server - this.local();
    if (!Number.isNaN(end)) this.end = end;
  }

  /** What the server's clock says now, in ms. */
  now() {
    return this.local() + this.ahead;
  }

  /** Seconds left, never below zero. */
  left() {
    return Math.max(0, (this.end - this.now()) / 1000);
  }
}

/** 3725 → "1:02:05", 125 → "2:05". Rounds up, so that 0:00 means the end. */
export function spelled(seconds) {
  const whole = Math.ceil(seconds);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${Math.floor((whole % 3600) / 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest.padStart(5, "0")}` : rest;
}
