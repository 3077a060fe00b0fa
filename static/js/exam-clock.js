const JUMP = 1000;

/**
 * The phone's clock, except that setting it back gives no time: then what really passed is added. Set forward it is believed, as a phone
 * that slept looks the same; the server has the last word before anything ends.
 */
function steady(wall = () => Date.now(), passed = () => performance.now()) {
  let before = { wall: wall(), passed: passed() };
  let added = 0;
  return () => {
    const now = { wall: wall(), passed: passed() };
    const missing = now.passed - before.passed - (now.wall - before.wall);
    if (missing > JUMP) added += missing;
    before = now;
    return now.wall + added;
  };
}

/** Time left by the server's clock. The phone's clock only measures how long ago the server last spoke. */
export class ExamClock {
  constructor({ now, deadline, local = steady() }) {
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
